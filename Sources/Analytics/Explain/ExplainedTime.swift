/// A dimension of time, as SQL.
struct ExplainedTime {
    let unit: TimeUnit
    let zone: String
    let period: Period

    /// The name of the column.
    var name: String { unit == .weekFromSunday ? "week_from_sunday" : unit.rawValue }

    /// The label of a moment.
    func label(of moment: String) -> String {
        guard let format = unit.clockFormat else { return "\(calendar).label" }
        return "to_char(\(moment) AT TIME ZONE \(zone.sqlLiteral), '\(format)') COLLATE \"C\""
    }

    /// The join that finds the row of a moment in the calendar; nil for units of the clock.
    func join(of moment: String) -> String? {
        guard unit.clockFormat == nil else { return nil }
        return "JOIN \(calendar) ON \(moment) >= \(calendar).since AND \(moment) < \(calendar).until"
    }

    /// The days, weeks or months of the period as a common table expression; nil for units of the clock.
    ///
    /// Each lasts from a midnight to another: on days when clocks change the date of a moment may be another one.
    var table: (name: String, sql: String)? {
        guard unit.clockFormat == nil else { return nil }
        let zone = zone.sqlLiteral
        let isWeek = unit == .week || unit == .weekFromSunday
        let step = isWeek ? "week" : unit.rawValue
        let first = "\(period.start.sqlLiteral) AT TIME ZONE \(zone)"
        let last = "\(period.end.advanced(by: .milliseconds(-1)).sqlLiteral) AT TIME ZONE \(zone)"
        // Weeks of PostgreSQL begin on Monday.
        let start =
            unit == .weekFromSunday
            ? "date_trunc('week', \(first) + INTERVAL '1 day') - INTERVAL '1 day'" : "date_trunc('\(step)', \(first))"
        let shown = isWeek ? "greatest(date, date_trunc('day', \(first)))" : "date"
        return (
            calendar,
            """
            SELECT to_char(\(shown), 'YYYY-MM-DD') AS label,
                   date AT TIME ZONE \(zone) AS since, (date + INTERVAL '1 \(step)') AT TIME ZONE \(zone) AS until
              FROM generate_series(\(start), \(last), INTERVAL '1 \(step)') AS date
            """
        )
    }

    private var calendar: String { name + "s" }
}

extension TimeUnit {
    /// The format of the label of a unit of the clock; nil for one of the calendar.
    fileprivate var clockFormat: String? {
        switch self {
        case .minute: "YYYY-MM-DD HH24:MI:00"
        case .hour: "YYYY-MM-DD HH24:00:00"
        case .hourOfWeek: "FMDay HH24:00"
        case .day, .week, .weekFromSunday, .month: nil
        }
    }
}

extension Timestamp {
    /// The moment as a literal of SQL.
    var sqlLiteral: String { "TIMESTAMPTZ '\(textInMilliseconds)'" }

    /// The date in UTC as a literal of SQL.
    var sqlDate: String { "DATE '\(text.prefix(10))'" }
}
