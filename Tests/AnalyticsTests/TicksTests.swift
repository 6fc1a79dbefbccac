import Analytics
import Testing

struct TicksTests {
    @Test(.timeLimit(.minutes(1))) func repeatUntilTheTaskIsCancelled() async {
        let (elements, continuation) = AsyncStream.makeStream(of: Int.self)
        let task = Task {
            var count = 0
            for await _ in ticks(every: .microseconds(10)) {
                count += 1
                continuation.yield(count)
            }
            continuation.finish()
        }
        var last = 0
        for await count in elements {
            last = count
            if count == 3 { task.cancel() }
        }
        #expect(last >= 3)
    }

    @Test(.timeLimit(.minutes(1))) func waitForTheIntervalFirst() async {
        let start = ContinuousClock.now
        for await _ in ticks(every: .milliseconds(20)) { break }
        #expect(start.duration(to: .now) >= .milliseconds(20))
    }
}
