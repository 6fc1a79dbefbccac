import Dispatch

/// The two threads that scan parts, apart from those that take requests: a long scan keeps nothing else waiting.
///
/// Each has a queue, whose length is that of the questions that are answered at once.
package struct ScanWorkers: Sendable {
    private let queues = ["first", "second"].map { DispatchQueue(label: "scan-\($0)") }

    package init() {}

    /// Counts by both threads, each of which has half of the visitors.
    ///
    /// - Parameters:
    ///   - visitors: The visitors, more than one.
    ///   - counts: The counts of some visitors, the second time with the hits without a visitor.
    /// - Returns: The counts of both halves.
    func halves<Counts: Sendable>(
        of visitors: ClosedRange<UInt64>,
        _ counts: @escaping @Sendable (_ visitors: ClosedRange<UInt64>, _ withLoose: Bool) -> Counts
    ) async -> (Counts, Counts) {
        let (lower, upper) = (visitors.lowerBound, visitors.upperBound)
        let middle = lower + (upper - lower) / 2
        async let second = run(by: 1) { counts((middle + 1)...upper, true) }
        let first = await run(by: 0) { counts(lower...middle, false) }
        return (first, await second)
    }

    /// Runs work on one of the threads.
    ///
    /// - Parameters:
    ///   - number: The number of the thread, 0 or 1.
    ///   - work: The work.
    /// - Returns: Its result.
    func run<Result: Sendable>(by number: Int, _ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            queues[number].async { continuation.resume(returning: work()) }
        }
    }
}
