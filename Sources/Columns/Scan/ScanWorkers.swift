import Dispatch

/// The two threads that scan parts, apart from those that take requests: a long scan keeps nothing else waiting.
///
/// Each has a queue, whose length is that of the questions that are answered at once.
package struct ScanWorkers: Sendable {
    private let queues = ["first", "second"].map { DispatchQueue(label: "scan-\($0)") }

    package init() {}

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
