/// A unit by which a query divides its period; the raw value is its name in queries.
package enum TimeUnit: String, Hashable, Sendable, CaseIterable {
    case minute
    case hour
    case day
    /// A week from Monday to Sunday.
    case week
    /// A week from Sunday to Saturday.
    case weekFromSunday = "week:sunday"
    case month
    /// The hours of a week, from Monday 00:00 on, whatever the week.
    case hourOfWeek = "hour_of_week"

    /// The unit of `time`, by the length of the period.
    ///
    /// Hours up to 48 hours, days up to 40 days, weeks up to 52 weeks, else months.
    package init(forPeriodOf duration: Duration) {
        let day = Duration.seconds(86_400)
        if duration <= day * 2 {
            self = .hour
        } else if duration <= day * 40 {
            self = .day
        } else {
            self = duration <= day * 364 ? .week : .month
        }
    }
}
