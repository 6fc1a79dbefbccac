import Analytics

/// The period of a question in the parameters of a URL: `period`, `date`, `from`, `to` and `tz`.
struct PeriodParameters: Sendable {
    private var named = DateRange.days(30)
    private var (from, to): (String?, String?)
    /// The date that counts as today.
    private(set) var date: String?
    private(set) var zone: String?

    /// Takes a parameter.
    ///
    /// - Parameters:
    ///   - name: The name of the parameter.
    ///   - value: Its value, decoded.
    /// - Returns: False if it is none of a period.
    /// - Throws: A `QueryRefusal` that names the parameter.
    mutating func take(_ name: String, _ value: String) throws(QueryRefusal) -> Bool {
        switch name {
        case "period": named = try Self.period(value)
        case "date": date = try Self.date(value, name)
        case "from": from = try Self.date(value, name)
        case "to": to = try Self.date(value, name)
        case "tz": zone = value
        default: return false
        }
        return true
    }

    /// The range of dates.
    ///
    /// - Throws: A `QueryRefusal` of the first date without a last one that is not before it.
    func range() throws(QueryRefusal) -> DateRange {
        if let from, let to, from <= to { return .dates(from, to) }
        guard from == nil, to == nil else {
            throw QueryRefusal("from", "from and to go together, and from is not after to")
        }
        return named
    }

    private static func period(_ text: String) throws(QueryRefusal) -> DateRange {
        guard let range = DateRange(name: text) else {
            throw QueryRefusal(
                "period",
                "not one of 24h, day, yesterday, week, month, lastmonth, year, lastyear, all, or such as 7d or 6mo"
            )
        }
        return range
    }

    private static func date(_ text: String, _ field: String) throws(QueryRefusal) -> String {
        guard text.isDateForm else { throw QueryRefusal(field, "not a date such as 2026-01-31") }
        return text
    }
}
