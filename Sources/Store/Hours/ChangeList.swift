import Analytics

/// The changes of the counts of a site with few events, to the millisecond.
///
/// An unsorted list that each answer reads as a whole: eight bytes for each change, at most three changes for an event.
struct ChangeList {
    private struct Change {
        /// Milliseconds from the beginning of the hours that are kept.
        let time: Int32
        let counted: Counted
        let delta: Int8
    }

    /// The number of changes from which on an array of all seconds is faster, though it takes half a megabyte.
    static let limit = 400

    private var changes: [Change] = []

    /// True if there are so many changes that they belong in `SecondCounts`.
    var isFull: Bool { changes.count >= Self.limit }

    /// Adds a change of 1 or -1 at a time in milliseconds.
    mutating func add(_ delta: Int8, _ counted: Counted, at time: Int) {
        changes.append(Change(time: Int32(clamping: time), counted: counted, delta: delta))
    }

    /// The counts of the window of an hour that ends at a time in milliseconds; of users, the change since the
    /// beginning.
    func hour(endingAt time: Int) -> HourReport {
        let window = (time - 3_600_000)...time
        return HourReport(
            uniqueUsers: sum(.users, in: 0...time),
            clicks: sum(.clicks, in: window),
            impressions: sum(.impressions, in: window)
        )
    }

    private func sum(_ counted: Counted, in times: ClosedRange<Int>) -> Int {
        var sum = 0
        for change in changes where change.counted == counted && times.contains(Int(change.time)) {
            sum += Int(change.delta)
        }
        return sum
    }

    /// Calls `body` with each change.
    func forEach(_ body: (_ delta: Int8, _ counted: Counted, _ time: Int) -> Void) {
        for change in changes { body(change.delta, change.counted, Int(change.time)) }
    }

    /// Drops the changes before a time, which becomes the beginning; returns the sum of the dropped changes of users.
    mutating func advance(by time: Int) -> Int {
        let dropped = sum(.users, in: 0...(time - 1))
        changes = changes.compactMap { change in
            guard change.time >= time else { return nil }
            return Change(time: change.time - Int32(clamping: time), counted: change.counted, delta: change.delta)
        }
        return dropped
    }
}
