import Analytics
import Postgres

extension PostgresQuery {
    /// Asks for the starts and labels of the buckets into which a unit divides a period in a zone.
    init(bucketsOf unit: TimeUnit, _ period: Period, zone: String) throws(PostgresError) {
        var parameters = Parameters()
        try parameters.append(text: zone)
        parameters.append(period.start)
        parameters.append(period.end)
        self.init(unit.isOfClock ? unit.clockSQL : unit.dateSQL, parameters)
    }
}

extension TimeUnit {
    /// True if a bucket follows from the clock, and false if it is made of whole days.
    fileprivate var isOfClock: Bool {
        switch self {
        case .minute, .hour, .hourOfWeek: true
        case .day, .week, .weekFromSunday, .month: false
        }
    }

    /// The buckets by steps so short that every change of the clock falls between two: offsets are whole quarter hours.
    fileprivate var clockSQL: String {
        let (step, format) =
            switch self {
            case .minute: ("1 minute", "YYYY-MM-DD HH24:MI:00")
            case .hourOfWeek: ("15 minutes", "FMDay HH24:00")
            default: ("15 minutes", "YYYY-MM-DD HH24:00:00")
            }
        return """
            WITH step AS (
                SELECT greatest(at, $2) AS at, to_char(at AT TIME ZONE $1, '\(format)') AS label
                  FROM generate_series(date_trunc('hour', $2::timestamptz, 'UTC'),
                                       $3::timestamptz - INTERVAL '1 ms', INTERVAL '\(step)') AS at
                 WHERE at + INTERVAL '\(step)' > $2
            ), followed AS (
                SELECT at, label, lag(label) OVER (ORDER BY at) AS before FROM step
            )
            SELECT at, label FROM followed WHERE before IS DISTINCT FROM label ORDER BY at
            """
    }

    /// The buckets by their first days; that of a week is the first of the period if its own is before it.
    fileprivate var dateSQL: String {
        let isWeek = self == .week || self == .weekFromSunday
        let unit = isWeek ? "week" : rawValue
        let first = isWeek ? "greatest(date, ($2::timestamptz AT TIME ZONE $1)::date)" : "date"
        // Weeks of PostgreSQL begin on Monday.
        let shift = self == .weekFromSunday ? "INTERVAL '1 day'" : "INTERVAL '0'"
        return """
            SELECT greatest(date::timestamp AT TIME ZONE $1, $2), to_char(\(first)::date, 'YYYY-MM-DD')
              FROM generate_series(date_trunc('\(unit)', $2::timestamptz AT TIME ZONE $1 + \(shift)) - \(shift),
                                   ($3::timestamptz - INTERVAL '1 ms') AT TIME ZONE $1, INTERVAL '1 \(unit)') AS date
             ORDER BY date
            """
    }
}
