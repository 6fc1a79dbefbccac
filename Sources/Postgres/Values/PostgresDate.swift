/// A day of PostgreSQL's type `date`, or an infinity.
package struct PostgresDate: Hashable, Sendable, PostgresInfinity {
    /// Days since 2000-01-01; the least and the greatest number are the infinities.
    package let days: Int32

    package static let infinity = PostgresDate(days: .max)
    package static let negativeInfinity = PostgresDate(days: .min)

    package init(days: Int32) {
        self.days = days
    }

    /// The days from 1970-01-01 to 2000-01-01.
    private static let epoch = 10_957

    /// - Parameter day: The day, in days since 1970-01-01.
    package init(unixDay day: Int) { self.init(days: Int32(clamping: day - Self.epoch)) }

    /// Days since 1970-01-01.
    package var unixDay: Int { Int(days) + Self.epoch }

    /// Reads a date as PostgreSQL writes it when its `datestyle` is ISO.
    init?(text: String) {
        if let infinity = Self(infinity: text) {
            self = infinity
            return
        }
        var scanner = TextScanner(text)
        guard let date = scanner.date(), scanner.isAtEnd, let days = Int32(exactly: date.daysSince2000) else {
            return nil
        }
        self.init(days: days)
    }
}

extension PostgresDate: CustomStringConvertible {
    /// The date as in ISO 8601, `infinity` or `-infinity`.
    package var description: String {
        if let infinityText { return infinityText }
        return GregorianDate(daysSince2000: Int(days)).description
    }
}

extension PostgresDate: PostgresEncodable, PostgresDecodable {
    package func encode(into bytes: inout [UInt8]) { days.encode(into: &bytes) }

    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        guard let bytes, bytes.count == 4 else { throw PostgresDecodingError(reason: "not a date") }
        var reader = BinaryReader(bytes)
        self.init(days: try reader.read(Int32.self))
    }
}
