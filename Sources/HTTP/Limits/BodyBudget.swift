import Synchronization

/// A limit on the total memory of all request bodies, or of the events that were read from them.
///
/// The length of each body is limited too, but thousands of bodies within that limit would exhaust the memory.
package final class BodyBudget: Sendable {
    /// The limit in bytes.
    package let limit: Int
    private let held = Mutex(0)

    /// - Parameter limit: The limit in bytes; a body may exceed it while there is no other.
    package init(limit: Int) {
        self.limit = limit
    }

    /// The part of the budget that one request holds.
    package struct Share: ~Copyable {
        private let budget: BodyBudget
        private var bytes = 0

        fileprivate init(_ budget: BodyBudget) {
            self.budget = budget
        }

        /// Takes more bytes from the budget.
        ///
        /// - Throws: A `Problem` if too few are left.
        package mutating func take(_ count: Int) throws(Problem) {
            let isTaken = budget.held.withLock { held in
                guard held + count <= budget.limit || held == bytes else { return false }
                held += count
                return true
            }
            guard isTaken else { throw .unavailable("too many large bodies are being read; nothing was stored") }
            bytes += count
        }

        /// Changes the number of bytes, when a body is replaced by the events read from it.
        package mutating func change(to count: Int) {
            budget.held.withLock { $0 += count - bytes }
            bytes = count
        }

        deinit {
            budget.held.withLock { $0 -= bytes }
        }
    }

    /// The bytes held by all requests.
    package var bytesHeld: Int { held.withLock { $0 } }

    /// An empty share, which returns its bytes to the budget when it is destroyed.
    package func share() -> Share { Share(self) }
}
