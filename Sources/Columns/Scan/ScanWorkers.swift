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

    /// Makes results of elements by both threads, each of which has every other element.
    ///
    /// - Parameters:
    ///   - elements: The elements.
    ///   - result: Makes a result.
    /// - Returns: The results, in the order of the elements.
    package func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element],
        _ result: @escaping @Sendable (Element) -> Result
    ) async -> [Result] {
        @Sendable func some(from start: Int) -> [Result] {
            stride(from: start, to: elements.count, by: 2).map { result(elements[$0]) }
        }
        async let odd = run(by: 1) { some(from: 1) }
        let even = await run(by: 0) { some(from: 0) }
        let all = (even, await odd)
        return elements.indices.map { $0.isMultiple(of: 2) ? all.0[$0 / 2] : all.1[$0 / 2] }
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
