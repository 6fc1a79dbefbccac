package import FoundationEssentials

extension Date: PostgresEncodable, PostgresDecodable {
    /// Seconds from 2000-01-01, from which PostgreSQL counts, to 2001-01-01, from which `Date` does.
    private static let epoch = 366 * 86_400
    /// A number that the server refuses as out of range.
    private static let invalid = Int.max - 1

    /// Appends a timestamptz, rounded to microseconds.
    ///
    /// A date that is not finite or not in PostgreSQL's range makes the server refuse the statement (22008).
    package func encode(into bytes: inout [UInt8]) {
        (microseconds ?? Self.invalid).encode(into: &bytes)
    }

    /// Reads a timestamptz, exactly to the microsecond for about 140 years before and after 2001.
    ///
    /// The infinities are no dates: `PostgresTimestamp` reads them.
    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        let timestamp = try PostgresTimestamp(postgres: bytes)
        guard timestamp.isFinite else { throw PostgresDecodingError(reason: "an infinite date") }
        let (seconds, rest) = timestamp.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        self.init(timeIntervalSinceReferenceDate: Double(seconds - Self.epoch) + Double(rest) / 1_000_000)
    }

    /// Microseconds since 2000-01-01T00:00:00Z; nil if there is no such number.
    private var microseconds: Int? {
        let interval = timeIntervalSinceReferenceDate
        let seconds = interval.rounded(.down)
        // Exact, since the whole seconds are no further away than the moment.
        guard let whole = Int(exactly: seconds), let part = Int(exactly: ((interval - seconds) * 1_000_000).rounded())
        else { return nil }
        let (product, isTooFar) = whole.multipliedReportingOverflow(by: 1_000_000)
        let (sum, isOutside) = product.addingReportingOverflow(part + Self.epoch * 1_000_000)
        return isTooFar || isOutside || [Int.max, .min].contains(sum) ? nil : sum
    }
}
