import Analytics

/// The events of one site in a few neighbouring hours, kept so that any window in them is answered at once.
///
/// A user counts in the windows that end from each of their events to an hour after it. `changes` has +1 where such a
/// run of windows begins and -1 after it ends, so a running sum is the number of unique users. What a new event adds to
/// the runs of its user depends on the user's nearest events before and after it alone; and because no window is longer
/// than an hour, the first and the last event of each user in each hour are enough to know these.
struct HourWindow {
    /// The number of hours that are kept: those that the windows of the current hour reach into, and one or two ahead
    /// for early events.
    static let count = 4
    /// An hour and the length of a window, in milliseconds.
    private static let hour = 3_600_000

    /// A user's first and last event in an hour, in milliseconds from its beginning.
    private struct Extent {
        var first: Int32
        var last: Int32
    }

    /// The first moment that is kept, a whole hour.
    private(set) var start: Timestamp
    private var users: [[User: Extent]]
    /// The starts (+1) and ends (-1) of runs, each at the first whole second not before it.
    private var changes: [Int32]
    private var clicks: [Int32]
    private var impressions: [Int32]
    /// The changes, clicks and impressions within each second.
    private var fractions: [Fractions]
    /// The sum of the changes before `start`.
    private var changesBefore = 0

    /// - Parameter start: A whole hour.
    init(start: Timestamp) {
        self.start = start
        // Runs that begin in the last hour end in the one after it.
        let seconds = (Self.count + 1) * 3600 + 2
        users = Array(repeating: [:], count: Self.count)
        changes = Array(repeating: 0, count: seconds)
        clicks = changes
        impressions = changes
        fractions = Array(repeating: Fractions(), count: seconds)
    }

    /// The number of users in memory, each counted once for every hour.
    var userCount: Int { users.reduce(0) { $0 + $1.count } }

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
    mutating func add(_ event: Event) {
        guard event.time >= start, event.time < end else { return }
        let time = event.time.milliseconds - start.milliseconds
        count(event.kind, at: time)

        let (hour, offset) = time.quotientAndRemainder(dividingBy: Self.hour)
        let place = Int32(offset)
        guard var seen = users[hour][event.user] else {
            let previous = lastEvent(of: event.user, in: hour - 1)
            run(from: time, after: previous, before: firstEvent(of: event.user, in: hour + 1))
            users[hour][event.user] = Extent(first: place, last: place)
            return
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
            return
        }
        users[hour][event.user] = seen
    }

    private mutating func count(_ kind: Event.Kind, at time: Int) {
        let (second, fraction) = time.quotientAndRemainder(dividingBy: 1000)
        switch kind {
        case .click:
            clicks[second] &+= 1
            fractions[second].add(1, .clicks, at: fraction)
        case .impression:
            impressions[second] &+= 1
            fractions[second].add(1, .impressions, at: fraction)
        }
    }

    /// Notes the windows that hold the event at `time` and neither the one before it nor the one after it.
    private mutating func run(from time: Int, after previous: Int?, before next: Int?) {
        let first = max(time, previous.map { $0 + Self.hour + 1 } ?? time)
        let end = min(time + Self.hour + 1, next ?? .max)
        guard first < end else { return }
        change(by: 1, at: first)
        change(by: -1, at: end)
    }

    private mutating func change(by delta: Int32, at time: Int) {
        let (second, fraction) = time.quotientAndRemainder(dividingBy: 1000)
        if fraction == 0 {
            changes[second] &+= delta
        } else {
            changes[second + 1] &+= delta
            fractions[second].add(Int16(delta), .users, at: fraction)
        }
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
        let (last, fraction) = (moment.milliseconds - start.milliseconds).quotientAndRemainder(dividingBy: 1000)
        var uniqueUsers = changesBefore
        for index in 0...last { uniqueUsers += Int(changes[index]) }
        return HourReport(
            uniqueUsers: uniqueUsers + fractions[last].sum(.users, in: 1..<(fraction + 1)),
            clicks: sum(clicks, .clicks, to: last, fraction),
            impressions: sum(impressions, .impressions, to: last, fraction)
        )
    }

    /// The count in the window that ends `fraction` milliseconds after the beginning of the second `last`.
    ///
    /// It is the sum of whole seconds, without the part of the first second before the window and the part of the last
    /// second after it.
    private func sum(_ counts: [Int32], _ kind: Fractions.Kind, to last: Int, _ fraction: Int) -> Int {
        let first = last - 3600
        var sum = 0
        for index in first...last { sum += Int(counts[index]) }
        return sum - fractions[first].sum(kind, in: 0..<fraction) - fractions[last].sum(kind, in: (fraction + 1)..<1000)
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
        for index in 0..<(hours * 3600) { changesBefore += Int(changes[index]) }
        users.shift(by: hours, filling: [:])
        changes.shift(by: hours * 3600, filling: 0)
        clicks.shift(by: hours * 3600, filling: 0)
        impressions.shift(by: hours * 3600, filling: 0)
        fractions.shift(by: hours * 3600, filling: Fractions())
    }
}

extension Array {
    /// Takes elements off the front and adds as many at the end.
    fileprivate mutating func shift(by count: Int, filling element: Element) {
        removeFirst(count)
        append(contentsOf: repeatElement(element, count: count))
    }
}
