import Analytics
import Postgres
import Synchronization

/// The ids of dictionaries' entries that this server has used lately.
///
/// It holds entries of committed transactions only. Everything is dropped after a connection was lost, because the
/// database may then be another one, without the last entries of the one before.
final class DictionaryCache: Sendable {
    private struct State {
        var recent: [SiteEntry: Int32] = [:]
        /// The entries of before `recent` was begun; those that are used again move to it.
        var older: [SiteEntry: Int32] = [:]
        /// Increased whenever everything is dropped, so that ids found before are not added afterwards.
        var generation = 0
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

    /// The number of entries in memory.
    var count: Int { state.withLock { $0.recent.count + $0.older.count } }

    /// Finds the ids of entries in memory.
    ///
    /// - Returns: The ids, the entries that are missing, and the generation to add those with.
    func find(_ entries: Set<SiteEntry>) -> (ids: EntryIDs, missing: [SiteEntry], generation: Int) {
        state.withLock { state in
            var ids = EntryIDs()
            var missing: [SiteEntry] = []
            for entry in entries {
                if let id = state.recent[entry] {
                    ids[entry] = id
                } else if let id = state.older.removeValue(forKey: entry) {
                    ids[entry] = id
                    state.recent[entry] = id
                } else {
                    missing.append(entry)
                }
            }
            return (ids, missing, state.generation)
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
