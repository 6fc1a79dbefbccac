/// A period as a question names it, which becomes one in a time zone at a moment.
package enum DateRange: Hashable, Sendable {
    /// The current day, week from Monday, month or year, to its end.
    case day
    case week
    /// The current week from Sunday, to its end.
    case weekFromSunday
    case month
    case year
    /// The year before the current one.
    case lastYear
    /// The last 24 hours.
    case lastDay
    /// The last 60 minutes.
    case lastHour
    /// Whole days that end yesterday.
    case days(Int)
    /// Whole months that end with the last one.
    case months(Int)
    /// Whole months that end with the current one.
    case monthsThrough(Int)
    /// From the first hit to the end of today.
    case all
    /// Both days and all between them, as dates of ISO 8601.
    case dates(String, String)
    /// Both minutes and all between them on the clock of the zone, such as `2026-01-31T14:05`; those of an hour that
    /// comes twice are minutes of both.
    case clock(String, String)
    case moments(Period)
    /// The time of the same length before a period, on the clock of the zone; one that begins on the same day of the
    /// week is whole weeks before.
    case before(Period, isAligned: Bool = false)
    /// The same dates a year before a period; those on the same days of the week are 52 weeks before.
    case yearBefore(Period, isAligned: Bool = false)

    /// Reads the name of a range, such as `7d`, `6mo`, `day` or `all`; nil if there is none of the name.
    package init?(name: String) {
        switch name {
        case "day": self = .day
        case "24h": self = .lastDay
        case "hour": self = .lastHour
        case "week": self = .week
        case "week:sunday": self = .weekFromSunday
        case "month": self = .month
        case "year": self = .year
        case "lastyear": self = .lastYear
        case "yesterday": self = .days(1)
        case "lastmonth": self = .months(1)
        case "all": self = .all
        default:
            if name.hasSuffix("mo"), let months = Int(name.dropLast(2)), 1...100 ~= months {
                self = .months(months)
            } else if name.hasSuffix("d"), let days = Int(name.dropLast()), 1...5000 ~= days {
                self = .days(days)
            } else {
                return nil
            }
        }
    }
}
