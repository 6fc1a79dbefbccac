/// A date of the Gregorian calendar, without a time zone.
package struct CivilDate: Hashable, Sendable, Comparable {
    /// The days since 1970-01-01, of years from 1 to 9999.
    private let days: Int

    private static let first = -719_162
    private static let last = 2_932_896

    /// - Parameter days: The days since 1970-01-01; nil for a year before 1 or after 9999.
    private init?(days: Int) {
        guard (Self.first...Self.last).contains(days) else { return nil }
        self.days = days
    }

    /// Reads a date such as `2026-01-31`; nil for any other text, and for a day that no month has.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, text.utf8.count == 10, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
            text.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == UInt8(ascii: "-") }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...9999).contains(year),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        self.init(days: Self.days(year, month, day))
        guard description == text else { return nil }
    }

    /// The date that lies days after it; nil beyond the years.
    func adding(days count: Int) -> CivilDate? {
        guard (-Self.last...Self.last).contains(count) else { return nil }
        return CivilDate(days: days + count)
    }

    /// The first day of the month that lies months after its own; nil beyond the years.
    func firstDay(months count: Int) -> CivilDate? {
        guard (-120_000...120_000).contains(count) else { return nil }
        let parts = parts
        let months = parts.year * 12 + parts.month - 1 + count
        guard months >= 12 else { return nil }
        return CivilDate(days: Self.days(months / 12, months % 12 + 1, 1))
    }

    /// The days from it up to another date.
    func days(to other: CivilDate) -> Int { other.days - days }

    package static func < (one: CivilDate, other: CivilDate) -> Bool { one.days < other.days }

    /// Years are counted from March, so that the leap day is the last of a year.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month > 2 ? year : year - 1
        let place = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + place - 719_468
    }

    private var parts: (year: Int, month: Int, day: Int) {
        // From 1 March of the year 0 on, in eras of 400 years.
        let since = days + 719_468
        let (era, rest) = (since / 146_097, since % 146_097)
        let year = (rest - rest / 1_460 + rest / 36_524 - rest / 146_096) / 365
        let place = rest - (365 * year + year / 4 - year / 100)
        let month = (5 * place + 2) / 153
        let day = place - (153 * month + 2) / 5 + 1
        return (era * 400 + year + (month >= 10 ? 1 : 0), (month + 2) % 12 + 1, day)
    }
}

extension CivilDate: CustomStringConvertible {
    /// The date as in ISO 8601.
    package var description: String {
        let parts = parts
        return "\(Self.padded(parts.year, 4))-\(Self.padded(parts.month, 2))-\(Self.padded(parts.day, 2))"
    }

    private static func padded(_ number: Int, _ count: Int) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
}
