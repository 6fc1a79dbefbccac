/// A date of the Gregorian calendar, which is continued before its introduction; the year 0 is 1 BC.
struct GregorianDate: Hashable {
    let year: Int
    let month: Int
    let day: Int

    /// Days from 1 March of the year 0 to 1 January 2000.
    private static let offset = 730_425
    /// Days in 400, 100, 4 and 1 years that begin on 1 March, the last of which may have one more.
    private static let days = (era: 146_097, century: 36_524, leap: 1_461, year: 365)

    /// Makes the date that lies a number of days after 2000-01-01.
    ///
    /// Years are counted from March, so that the leap day is a year's last.
    init(daysSince2000 days: Int) {
        let since = days + Self.offset
        let era = (since >= 0 ? since : since - Self.days.era + 1) / Self.days.era
        var rest = since - era * Self.days.era
        // The last century of an era, and the last year of four, are one day longer than the others.
        let century = min(rest / Self.days.century, 3)
        rest -= century * Self.days.century
        let leap = rest / Self.days.leap
        rest -= leap * Self.days.leap
        let year = min(rest / Self.days.year, 3)
        rest -= year * Self.days.year
        let month = Self.month(ofDay: rest)
        self.year = era * 400 + century * 100 + leap * 4 + year + (month >= 10 ? 1 : 0)
        self.month = (month + 2) % 12 + 1
        self.day = rest - Self.firstDay(ofMonth: month) + 1
    }

    /// Makes a date of its parts; nil if there is no such day.
    init?(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
        guard 1...12 ~= month, 1...31 ~= day, GregorianDate(daysSince2000: daysSince2000) == self else { return nil }
    }

    /// The number of days from 2000-01-01, which is negative for days before.
    var daysSince2000: Int {
        let year = month > 2 ? year : year - 1
        let era = (year >= 0 ? year : year - 399) / 400
        let place = year - era * 400
        let days = place * Self.days.year + place / 4 - place / 100
        return era * Self.days.era + days + Self.firstDay(ofMonth: (month + 9) % 12) + day - 1 - Self.offset
    }

    /// The days of the year before a month, counted from 0 for March: five months have 153 days.
    private static func firstDay(ofMonth month: Int) -> Int { (153 * month + 2) / 5 }

    private static func month(ofDay day: Int) -> Int { (5 * day + 2) / 153 }
}

extension GregorianDate: CustomStringConvertible {
    /// The date as in ISO 8601; years before 0 and after 9999 have a sign and at least six digits.
    var description: String {
        let isShort = 0...9_999 ~= year
        let sign = isShort ? "" : year < 0 ? "-" : "+"
        return "\(sign)\(Self.padded(abs(year), isShort ? 4 : 6))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    /// A number with zeros before it.
    static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
