import Synchronization

/// A limit on the memory that the bodies of all requests together take, or the events that have been read from them.
///
/// The length of one body is limited too; without this thousands of them, each within its limit, would take everything.
package final class BodyBudget: Sendable {
    /// In bytes.
    package let limit: Int
    private let held = Mutex(0)

    /// - Parameter limit: In bytes; a single body may have more when there is no other.
    package init(limit: Int) {
        self.limit = limit
    }

    /// The bytes that one request has of it.
    package struct Share: ~Copyable {
        private let budget: BodyBudget
        private var bytes = 0

        fileprivate init(_ budget: BodyBudget) {
            self.budget = budget
        }

        /// Takes more.
        ///
        /// - Throws: A `Problem` when the others have left too little.
        package mutating func take(_ count: Int) throws(Problem) {
            let isTaken = budget.held.withLock { held in
                guard held + count <= budget.limit || held == bytes else { return false }
                held += count
                return true
            }
            guard isTaken else { throw .unavailable("too many large bodies are being read; nothing was stored") }
            bytes += count
        }

        /// Changes the number of bytes: what was read from a body takes its place.
        package mutating func change(to count: Int) {
            budget.held.withLock { $0 += count - bytes }
            bytes = count
        }

        deinit {
            budget.held.withLock { $0 -= bytes }
        }
    }

    /// The bytes that all requests have of it.
    package var bytesHeld: Int { held.withLock { $0 } }

    /// A share without anything in it yet, which gives back what it has when it is gone.
    package func share() -> Share { Share(self) }
}
