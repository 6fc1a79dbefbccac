/// A sequence for work to repeat at an interval, which ends when its task is cancelled.
///
/// The interval is the time to wait before each element, so a long-running body delays the next one.
package struct Ticks: AsyncSequence, AsyncIteratorProtocol, Sendable {
    let interval: Duration

    package func makeAsyncIterator() -> Ticks { self }

    package func next(isolation actor: isolated (any Actor)? = #isolation) async -> Void? {
        // The only error is the cancellation, which ends the sequence.
        try? await Task.sleep(for: interval)
    }
}

/// Makes a sequence with an element after each interval, until its task is cancelled.
package func ticks(every interval: Duration) -> Ticks { Ticks(interval: interval) }
