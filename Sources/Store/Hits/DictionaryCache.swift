import Analytics
import Postgres
import Synchronization

/// The ids of dictionaries' entries that this server has used lately.
///
/// It holds entries of committed transactions only. Everything is dropped after a connection was lost, because the
/// database may then be another one, without the last entries of the one before.
final class DictionaryCache: Sendable {
    /// The entries of a batch's hits that were found in memory, and those that were not.
    struct Finding: Sendable {
        var ids: EntryIDs
        var missing: [SiteEntry: Missing] = [:]
        /// The generation to add the missing ones with.
        let generation: Int
    }

    /// An entry that was not found in memory.
    struct Missing: Sendable {
        /// The places of its id.
        var slots: [EntryIDs.Slot] = []
        /// True if no hit with a server key refers to it, so that it counts for the site's limit of a minute.
        var isLimited = true
    }

    private struct State {
        var recent: [SiteEntry: Int32] = [:]
        /// The entries of before `recent` was begun; those that are used again move to it.
        var older: [SiteEntry: Int32] = [:]
        /// Increased whenever everything is dropped, so that ids found before are not added afterwards.
        var generation = 0

        mutating func id(of entry: SiteEntry) -> Int32? {
            if let id = recent[entry] { return id }
            guard !older.isEmpty, let id = older.removeValue(forKey: entry) else { return nil }
            recent[entry] = id
            return id
        }
    }

    private static let columns = Hit.columns.filter { column in
        if case .entry = column.kind { true } else { false }
    }

    /// The number of entries at which the older ones are forgotten.
    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: The most entries, twice.
    init(limit: Int = 200_000) {
        self.limit = limit
    }

    /// Drops everything.
    func clear() {
        state.withLock { $0 = State(generation: $0.generation + 1) }
    }

    /// Finds the entries that the hits of a batch refer to.
    func find(_ batch: Batch) -> Finding {
        state.withLock { state in
            var finding = Finding(
                ids: EntryIDs(hits: batch.entries.reduce(0) { $0 + $1.hits.count }),
                generation: state.generation
            )
            var place = 0
            for entry in batch.entries {
                for hit in entry.hits {
                    for column in Self.columns {
                        guard case .entry(let value) = column.value(hit) else { continue }
                        let slot = EntryIDs.slot(place, value.kind)
                        let own = SiteEntry(site: hit.site, entry: value)
                        if let id = state.id(of: own) {
                            finding.ids[slot] = id
                        } else {
                            finding.missing[own, default: Missing()].add(slot, of: hit)
                        }
                    }
                    place += 1
                }
            }
            return finding
        }
    }

    /// Adds the id of an entry that has been committed.
    func add(_ id: Int32, of entry: SiteEntry, generation: Int) {
        state.withLock { state in
            guard state.generation == generation else { return }
            state.recent[entry] = id
            guard state.recent.count >= limit else { return }
            state.older = state.recent
            state.recent = [:]
        }
    }
}

extension DictionaryCache.Missing {
    /// Notes that a hit refers to the entry.
    fileprivate mutating func add(_ slot: EntryIDs.Slot, of hit: Hit) {
        slots.append(slot)
        if !hit.flags.contains(.untrusted) { isLimited = false }
    }
}
