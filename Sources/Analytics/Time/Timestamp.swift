package import FoundationEssentials

/// A moment, to the millisecond, from 1969-12-31T23:00:00Z (an hour before the epoch) to the end of the year 9999.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int

    /// The latest valid moment, 9999-12-31T23:59:59.999Z.
    package static let latest = Timestamp(milliseconds: 253_402_300_799_999)

    /// The smallest number read as milliseconds; smaller ones are seconds, up to the year 5138.
    package static let firstMilliseconds = 100_000_000_000

    package init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    package init(seconds: Int) {
        self.init(milliseconds: seconds * 1000)
    }

    /// The current moment, by the clock of this machine.
    package static var now: Timestamp { Timestamp(Date.now) }

    package init(_ date: Date) {
        self.init(milliseconds: Int(date.timeIntervalSince1970 * 1000))
    }

    package static func < (first: Timestamp, second: Timestamp) -> Bool {
        first.milliseconds < second.milliseconds
    }

    /// The moment after a duration, of which whole milliseconds count.
    package func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        return Timestamp(milliseconds: milliseconds + Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }

    /// The last moment up to this one that lies whole steps of some milliseconds from 1970.
    package func rounded(to step: Int) -> Timestamp {
        let rest = milliseconds % step
        return Timestamp(milliseconds: milliseconds - (rest < 0 ? rest + step : rest))
    }

    /// The clock hour of the moment, in whole hours since 1970.
    package var hour: Int {
        milliseconds >= 0 ? milliseconds / 3_600_000 : -1
    }
}

extension Timestamp {
    /// The moment as RFC 3339 in UTC, to the second.
    package var text: String {
        let seconds = (Double(milliseconds) / 1000).rounded(.down)
        return Date(timeIntervalSince1970: seconds).formatted(.iso8601)
    }

    /// The moment as RFC 3339 in UTC, to the millisecond.
    package var textInMilliseconds: String {
        let fraction = "\((milliseconds % 1000 + 1000) % 1000)"
        return "\(text.dropLast()).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)Z"
    }
}
