/// A rule for events that are ordinary alone and worth a warning when they repeat.
struct Repetition {
    /// The number of events within `time` that is worth a warning; the next warning comes after `time` at the earliest.
    static let count = 10
    private static let time: Duration = .seconds(600)

    private var last: [ContinuousClock.Instant] = []
    private var nextWarning: ContinuousClock.Instant?

    /// Notes an event.
    ///
    /// - Returns: True if it is to be warned of.
    mutating func note(at now: ContinuousClock.Instant = .now) -> Bool {
        last = (last + [now]).suffix(Self.count)
        let isFrequent = last.count == Self.count && last[0].duration(to: now) < Self.time
        guard isFrequent, nextWarning.map({ now >= $0 }) ?? true else { return false }
        nextWarning = now + Self.time
        return true
    }
}
