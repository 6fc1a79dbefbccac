import Synchronization

/// Reads what requests tell about their clients, and keeps the answers for those that come again.
package final class AgentParser: Sendable {
    /// The counts for /metrics.
    package struct Counts: Hashable, Sendable {
        /// The answers from memory since the start.
        package var hits = 0
        /// The answers that were worked out since the start.
        package var misses = 0
        /// The answers in memory now.
        package var entries = 0
        /// The memory that they take, estimated.
        package var bytes = 0
    }

    private struct State {
        var cache: SegmentedCache<AgentRequest, AgentFacts>
        var hits = 0
        var misses = 0
    }

    /// The bytes of an answer in memory without its texts: two keys and the facts, with space for the table to grow.
    private static let overhead = 2 * MemoryLayout<AgentRequest>.stride + MemoryLayout<AgentFacts>.stride + 200

    package let rules: AgentRules
    private let state: Mutex<State>

    /// - Parameters:
    ///   - rules: The rules to read by.
    ///   - entries: The most answers to keep.
    ///   - bytes: The most memory for them; usual ones take half a kilobyte each.
    package init(rules: AgentRules, entries: Int = 10_000, bytes: Int = 12_000_000) {
        self.rules = rules
        state = Mutex(State(cache: SegmentedCache(limits: .init(entries: entries, bytes: bytes))))
    }

    package var counts: Counts {
        state.withLock {
            Counts(hits: $0.hits, misses: $0.misses, entries: $0.cache.count, bytes: $0.cache.bytes)
        }
    }

    /// Reads what a request tells about its client; takes half a microsecond if it is in memory, otherwise 0.1 to 2 ms.
    package func facts(of request: AgentRequest) -> AgentFacts {
        let known = state.withLock { state in
            let known = state.cache.value(for: request)
            if known == nil { state.misses += 1 } else { state.hits += 1 }
            return known
        }
        if let known { return known }
        // Without the lock: threads that read the same one at a time work it out each for itself.
        let facts = rules.facts(of: request)
        let bytes = Self.overhead + request.bytes + facts.bytes
        state.withLock { $0.cache.insert(facts, for: request, bytes: bytes) }
        return facts
    }
}
