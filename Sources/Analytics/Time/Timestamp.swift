package import FoundationEssentials

/// A moment, to the millisecond, from 1969-12-31T23:00:00Z (an hour before the epoch) to the end of the year 9999.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int

    /// 9999-12-31T23:59:59.999Z, the last moment that may be named.
    package static let latest = Timestamp(milliseconds: 253_402_300_799_999)

    /// Numbers of this size and above are milliseconds, smaller ones seconds.
    ///
    /// As seconds it is in the year 5138.
    package static let firstMilliseconds = 100_000_000_000

    package init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    package init(seconds: Int) {
        self.init(milliseconds: seconds * 1000)
    }

    package init(_ date: Date) {
        self.init(milliseconds: Int(date.timeIntervalSince1970 * 1000))
    }

    package static func < (first: Timestamp, second: Timestamp) -> Bool {
        first.milliseconds < second.milliseconds
    }

    package func advanced(by duration: Duration) -> Timestamp {
        Timestamp(milliseconds: milliseconds + Int(duration / .milliseconds(1)))
    }

    /// The clock hour in which the moment lies, in whole hours since 1970.
    package var hour: Int {
        milliseconds >= 0 ? milliseconds / 3_600_000 : -1
    }
}

extension Timestamp {
    /// A moment as it was written, which remembers in what unit.
    package struct Written: Sendable {
        package let timestamp: Timestamp
        package let isMilliseconds: Bool

        /// Reads a whole number of seconds or milliseconds since 1970: ASCII digits and nothing else.
        package init(parsing digits: Span<UInt8>) throws(Rejection) {
            guard !digits.isEmpty else { throw Rejection(.timestamp, .empty) }
            var number = 0
            for index in digits.indices {
                let digit = Int(digits[index]) - 0x30
                guard (0...9).contains(digit) else { throw Rejection(.timestamp, .notDigits) }
                // Beyond the limit it stays, so that a later letter is still found and nothing overflows.
                if number <= Timestamp.latest.milliseconds { number = number * 10 + digit }
            }
            guard number <= Timestamp.latest.milliseconds else { throw Rejection(.timestamp, .outOfRange) }
            isMilliseconds = number >= Timestamp.firstMilliseconds
            timestamp = isMilliseconds ? Timestamp(milliseconds: number) : Timestamp(seconds: number)
        }

        /// The number that stands for another moment in the same unit.
        package func number(for moment: Timestamp) -> Int {
            isMilliseconds ? moment.milliseconds : moment.milliseconds / 1000
        }
    }
}

/// The times that events may have.
package struct AcceptedTimes: Sendable {
    package let earliest: Timestamp
    /// How far an event may be ahead of the server's clock.
    package let ahead: Duration
    /// How far an event may be behind the server's clock; nil where that does not matter.
    package let retention: Duration?

    package init(
        earliest: Timestamp = Timestamp(milliseconds: 0),
        ahead: Duration = .seconds(86_400),
        retention: Duration? = nil
    ) {
        self.earliest = earliest
        self.ahead = ahead
        self.retention = retention
    }

    /// The range as it is at a moment of the server's clock.
    ///
    /// - Parameters:
    ///   - now: The moment.
    ///   - keptSince: The first moment whose events the database keeps; nil when it keeps all.
    /// - Returns: The times from the first to the last that an event may have.
    package func range(at now: Timestamp, keptSince: Timestamp? = nil) -> ClosedRange<Timestamp> {
        let kept = retention.map { now.advanced(by: .zero - $0) } ?? earliest
        let first = max(earliest, kept, keptSince ?? earliest)
        return first...max(first, now.advanced(by: ahead))
    }
}
