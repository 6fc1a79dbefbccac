import Analytics

/// The events of one site in a few neighbouring hours, kept so that any window in them is answered at once.
///
/// A user counts in the windows that end from each of their events to an hour after it. The changes have +1 where such a
/// run of windows begins and -1 after it ends, so a running sum is the number of unique users. What a new event adds to
/// the runs of its user depends on the user's nearest events before and after it alone; and because no window is longer
/// than an hour, the first and the last event of each user in each hour are enough to know these.
struct HourWindow {
    /// The number of hours that are kept: those that the windows of the current hour reach into, and one or two ahead
    /// for early events.
    static let count = 4
    /// An hour and the length of a window, in milliseconds.
    private static let hour = 3_600_000
    /// The seconds in which something changes: runs that begin in the last hour end in the one after it.
    private static let seconds = (count + 1) * 3600 + 2

    /// A user's first and last event in an hour, in milliseconds from its beginning.
    private struct Extent {
        var first: Int32
        var last: Int32
    }

    /// The first moment that is kept, a whole hour.
    private(set) var start: Timestamp
    private var users: [[User: Extent]]
    /// The changes while they are few; empty afterwards.
    private var list = ChangeList()
    /// The changes when they are many; nil before.
    private var counts: SecondCounts?
    /// The sum of the changes of users before `start`.
    private var changesBefore = 0

    /// - Parameter start: A whole hour.
    init(start: Timestamp) {
        self.start = start
        users = Array(repeating: [:], count: Self.count)
    }

    /// The number of users in memory, each counted once for every hour.
    var userCount: Int { users.reduce(0) { $0 + $1.count } }

    /// True if there is no event in the hours that are kept.
    var isEmpty: Bool { users.allSatisfy(\.isEmpty) }

    /// True while the changes are few, and so are kept without an array of all seconds.
    var isSmall: Bool { counts == nil }

    /// The end of the last hour that is kept.
    var end: Timestamp { start.advanced(by: .seconds(Self.count * 3600)) }

    /// True if four hours from `start` on hold the whole window that ends at a moment.
    static func answers(_ moment: Timestamp, from start: Timestamp) -> Bool {
        (hour..<(count * hour)).contains(moment.milliseconds - start.milliseconds)
    }
}

// MARK: Adding

extension HourWindow {
    /// Adds an event, in any order; one outside the hours that are kept is ignored.
    ///
    /// - Returns: True if it is the first of its user in its hour.
    @discardableResult
    mutating func add(_ event: Event) -> Bool {
        guard event.time >= start, event.time < end else { return false }
        let time = event.time.milliseconds - start.milliseconds
        change(event.kind == .click ? .clicks : .impressions, by: 1, at: time)

        let (hour, offset) = time.quotientAndRemainder(dividingBy: Self.hour)
        let place = Int32(offset)
        guard var seen = users[hour][event.user] else {
            let previous = lastEvent(of: event.user, in: hour - 1)
            run(from: time, after: previous, before: firstEvent(of: event.user, in: hour + 1))
            users[hour][event.user] = Extent(first: place, last: place)
            return true
        }
        if place < seen.first {
            let previous = lastEvent(of: event.user, in: hour - 1)
            run(from: time, after: previous, before: hour * Self.hour + Int(seen.first))
            seen.first = place
        } else if place > seen.last {
            let next = firstEvent(of: event.user, in: hour + 1)
            run(from: time, after: hour * Self.hour + Int(seen.last), before: next)
            seen.last = place
        } else {
            return false
        }
        users[hour][event.user] = seen
        return false
    }

    /// Notes the windows that hold the event at `time` and neither the one before it nor the one after it.
    private mutating func run(from time: Int, after previous: Int?, before next: Int?) {
        let first = max(time, previous.map { $0 + Self.hour + 1 } ?? time)
        let end = min(time + Self.hour + 1, next ?? .max)
        guard first < end else { return }
        change(.users, by: 1, at: first)
        change(.users, by: -1, at: end)
    }

    private mutating func change(_ counted: Counted, by delta: Int8, at time: Int) {
        guard counts == nil else {
            counts?.add(delta, counted, at: time)
            return
        }
        list.add(delta, counted, at: time)
        guard list.isFull else { return }
        counts = SecondCounts(list, seconds: Self.seconds)
        list = ChangeList()
    }

    private func firstEvent(of user: User, in hour: Int) -> Int? {
        guard hour < users.count, !users[hour].isEmpty, let seen = users[hour][user] else { return nil }
        return hour * Self.hour + Int(seen.first)
    }

    private func lastEvent(of user: User, in hour: Int) -> Int? {
        guard hour >= 0, !users[hour].isEmpty, let seen = users[hour][user] else { return nil }
        return hour * Self.hour + Int(seen.last)
    }
}

// MARK: Answering

extension HourWindow {
    /// The counts of the window that ends at a moment; nil if it reaches beyond the hours that are kept.
    func hour(endingAt moment: Timestamp) -> HourReport? {
        guard Self.answers(moment, from: start) else { return nil }
        let time = moment.milliseconds - start.milliseconds
        let change = counts?.hour(endingAt: time) ?? list.hour(endingAt: time)
        return HourReport(
            uniqueUsers: changesBefore + change.uniqueUsers,
            clicks: change.clicks,
            impressions: change.impressions
        )
    }
}

// MARK: Advancing

extension HourWindow {
    /// Drops the hours before a whole hour.
    mutating func advance(to newStart: Timestamp) {
        let hours = (newStart.milliseconds - start.milliseconds) / Self.hour
        guard hours > 0 else { return }
        guard hours < Self.count else { return self = HourWindow(start: newStart) }
        start = newStart
        users.shift(by: hours, filling: [:])
        changesBefore += counts?.advance(by: hours * 3600) ?? list.advance(by: hours * Self.hour)
        guard let list = counts?.list else { return }
        self.list = list
        counts = nil
    }
}
