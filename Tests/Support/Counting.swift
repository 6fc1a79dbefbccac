import Synchronization

/// A counter for all threads.
package final class Counting: Sendable {
    private let count = Atomic(0)

    package init() {}

    package var value: Int { count.load(ordering: .relaxed) }

    /// Increments the count; returns the new one.
    @discardableResult
    package func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
