import Synchronization

/// Counts up, from any thread.
package final class Counting: Sendable {
    private let count = Atomic(0)

    package init() {}

    package var value: Int { count.load(ordering: .relaxed) }

    /// One more; returns the new count.
    @discardableResult
    package func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
