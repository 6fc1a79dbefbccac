import Analytics
import Synchronization

/// The record of the hits and events that a store has acknowledged.
final class HitLedger: Sendable {
    /// The identity of a hit with an id.
    private struct Identity: Hashable {
        let site: SiteID
        let id: HitID
    }

    private struct State {
        var batches = 0
        var events: [Event] = []
        /// The hits with an id, each once, however often it was acknowledged.
        var identified: [Identity: Hit] = [:]
        var anonymous: [Hit] = []
        var repetitions = 0

        mutating func add(_ hit: Hit) {
            guard let id = hit.id else { return anonymous.append(hit) }
            let before = identified.updateValue(hit, forKey: Identity(site: hit.site, id: id))
            if before != nil { repetitions += 1 }
        }
    }

    private let state = Mutex(State())

    /// Notes a batch whose entries have all been stored.
    func acknowledge(_ batch: Batch) {
        state.withLock { state in
            state.batches += 1
            for entry in batch.entries {
                state.events += entry.events
                for hit in entry.hits { state.add(hit) }
            }
        }
    }

    /// The number of acknowledged batches.
    var batches: Int { state.withLock { $0.batches } }
    /// The number of times that an acknowledged hit had been acknowledged before.
    var repetitions: Int { state.withLock { $0.repetitions } }
    /// The number of hits with an id.
    var identified: Int { state.withLock { $0.identified.count } }

    /// The hits that must be stored.
    var hits: [Hit] { state.withLock { $0.anonymous + $0.identified.values } }

    /// The events that must be stored, among them those of hits.
    var events: [Event] {
        state.withLock { $0.events } + hits.compactMap(\.event)
    }
}
