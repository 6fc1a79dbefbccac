extension Scenario {
    /// Waits for a time under load, and returns the longest interval in it without an acknowledgement.
    func longestStall(during time: Duration) async throws -> Duration {
        let end = ContinuousClock.now + time
        var known = ledger.figures.acknowledged
        var since = ContinuousClock.now
        var longest: Duration = .zero
        while ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(10))
            longest = max(longest, since.duration(to: .now))
            let acknowledged = ledger.figures.acknowledged
            if acknowledged > known {
                known = acknowledged
                since = .now
            }
        }
        return longest
    }
}
