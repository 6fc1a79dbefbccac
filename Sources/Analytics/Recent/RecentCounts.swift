/// The people of a site in the last half hour.
///
/// Counted are visitors with a hit other than `engagement`, as in reports. A moment has the time up to a minute after it,
/// since the clocks of several servers differ.
package struct RecentCounts: Hashable, Sendable {
    /// A minute of the clock.
    package struct Minute: Hashable, Sendable {
        package let start: Timestamp
        package let visitors: Int
        package let pageviews: Int

        package init(start: Timestamp, visitors: Int, pageviews: Int) {
            self.start = start
            self.visitors = visitors
            self.pageviews = pageviews
        }
    }

    /// The moment for which they are counted.
    package let moment: Timestamp
    /// The visitors of the last five minutes.
    package let now: Int
    /// The visitors of the last half hour.
    package let halfHour: Int
    /// The minute of the moment after the 29 before it.
    package let minutes: [Minute]

    package init(moment: Timestamp, now: Int, halfHour: Int, minutes: [Minute]) {
        self.moment = moment
        self.now = now
        self.halfHour = halfHour
        self.minutes = minutes
    }
}

extension Period {
    private static let minute = 60_000

    /// The last minutes before a moment, and the one after it.
    package static func last(minutes: Int, before moment: Timestamp) -> Period {
        .milliseconds(moment.milliseconds - minutes * minute, moment.milliseconds + minute)
    }

    /// The minutes of the clock that end with that of a moment.
    package static func clock(minutes: Int, upTo moment: Timestamp) -> Period {
        let end = (moment.milliseconds / minute + 1) * minute
        return .milliseconds(end - minutes * minute, end)
    }

    private static func milliseconds(_ start: Int, _ end: Int) -> Period {
        Period(ordered: Timestamp(milliseconds: start), Timestamp(milliseconds: end))
    }
}
