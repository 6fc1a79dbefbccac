/// A moment of PostgreSQL's type `timestamptz`, or a date and time of `timestamp`, or an infinity.
package struct PostgresTimestamp: Hashable, Sendable, PostgresInfinity {
    /// Microseconds since 2000-01-01T00:00:00, in UTC for `timestamptz`; the least and the greatest number are the
    /// infinities.
    package let microseconds: Int

    package static let infinity = PostgresTimestamp(microseconds: .max)
    package static let negativeInfinity = PostgresTimestamp(microseconds: .min)

    private static let day = 86_400_000_000

    package init(microseconds: Int) {
        self.microseconds = microseconds
    }

    /// Reads a `timestamp` or `timestamptz` as PostgreSQL writes it when its `datestyle` is ISO.
    init?(text: String) {
        if let infinity = Self(infinity: text) {
            self = infinity
            return
        }
        var scanner = TextScanner(text)
        guard let date = scanner.date(), scanner.skip(" "), let time = scanner.time(), let offset = scanner.offset(),
            scanner.isAtEnd
        else { return nil }
        // A year of seven digits, which only a `date` may have, is too far away.
        let (days, isTooFar) = date.daysSince2000.multipliedReportingOverflow(by: Self.day)
        let (microseconds, isOutside) = days.addingReportingOverflow(time - offset * 1_000_000)
        guard !isTooFar, !isOutside else { return nil }
        self.init(microseconds: microseconds)
    }
}

extension PostgresTimestamp: CustomStringConvertible {
    /// The date and time as in ISO 8601 without a time zone, `infinity` or `-infinity`.
    package var description: String {
        if let infinityText { return infinityText }
        let time = (microseconds % Self.day + Self.day) % Self.day
        let days = microseconds / Self.day - (microseconds % Self.day < 0 ? 1 : 0)
        let parts = [time / 3_600_000_000, time / 60_000_000 % 60, time / 1_000_000 % 60]
        let clock = parts.map { GregorianDate.padded($0, 2) }.joined(separator: ":")
        var fraction = GregorianDate.padded(time % 1_000_000, 6)[...]
        while fraction.last == "0" { fraction.removeLast() }
        return "\(GregorianDate(daysSince2000: days))T\(clock)\(fraction.isEmpty ? "" : ".")\(fraction)"
    }
}

extension PostgresTimestamp: PostgresEncodable, PostgresDecodable {
    package func encode(into bytes: inout [UInt8]) { microseconds.encode(into: &bytes) }

    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        guard let bytes, bytes.count == 8 else { throw PostgresDecodingError(reason: "not a timestamp") }
        var reader = BinaryReader(bytes)
        self.init(microseconds: try reader.read(Int.self))
    }
}
