import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

extension Batcher {
    /// The times that a writer looks for events, and the time between two looks in microseconds: at most 0.3 ms.
    ///
    /// The kernel adds about 50 microseconds to each.
    private static let looks = 3
    private static let pause: UInt32 = 50

    /// Waits after a write until nearly a third of the usual load is queued again, at most 0.3 ms.
    ///
    /// The senders whose events were just stored send their next ones now. A write that began at once would take the
    /// first few of them, and let all others wait for its end. Measured on two cores: 0.61 of a bare server's rate at 256
    /// connections instead of 0.51, and the same at 64.
    ///
    /// It blocks the thread, which in production belongs to the connection that this writer uses. It sleeps rather than
    /// waits on a semaphore, whose time limit on Linux is one of the wall clock, which may be set back.
    func gather() {
        guard state.withLock({ $0.beginGathering() }) else { return }
        for _ in 0..<Self.looks {
            usleep(Self.pause)
            guard state.withLock(\.needsMore) else { break }
        }
        state.withLock { $0.isGathering = false }
    }
}

extension Batcher.State {
    /// The least load at which a writer waits: below, the senders do not come together.
    private static let leastLoad = 8

    /// True while fewer events are queued than a writer waits for.
    var needsMore: Bool { gathered < (load * 3 + 9) / 10 && !isClosed }

    /// Begins to wait for events; returns false if there are enough, if the load is low, or if another writer waits.
    mutating func beginGathering() -> Bool {
        guard load >= Self.leastLoad, !isGathering, needsMore else { return false }
        isGathering = true
        return true
    }
}
