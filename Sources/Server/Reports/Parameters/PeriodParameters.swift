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
        case "from": from = try Self.end(value, name)
        case "to": to = try Self.end(value, name)
        case "tz": zone = value
        default: return false
        }
        return true
    }

    /// The range of dates, or of minutes where one of its ends is one.
    ///
    /// - Throws: A `QueryRefusal` of the first date without a last one that is not before it.
    func range() throws(QueryRefusal) -> DateRange {
        if let from, let to {
            if from.isDateForm, to.isDateForm {
                if from <= to { return .dates(from, to) }
            } else {
                let first = from.isDateForm ? "\(from)T00:00" : from
                let last = to.isDateForm ? "\(to)T23:59" : to
                if first <= last { return .clock(first, last) }
            }
        }
        guard from == nil, to == nil else {
            throw QueryRefusal("from", "from and to go together, and from is not after to")
        }
        return named
    }

    private static func period(_ text: String) throws(QueryRefusal) -> DateRange {
        guard let range = DateRange(name: text) else {
            throw QueryRefusal(
                "period",
                "not one of hour, 24h, day, yesterday, week, month, lastmonth, year, lastyear, all, or such as 7d or 6mo"
            )
        }
        return range
    }

    private static func end(_ text: String, _ field: String) throws(QueryRefusal) -> String {
        guard text.isDateForm || text.isMinuteForm else {
            throw QueryRefusal(field, "not a date such as 2026-01-31, or a minute such as 2026-01-31T14:05")
        }
        return text
    }

    private static func date(_ text: String, _ field: String) throws(QueryRefusal) -> String {
        guard text.isDateForm else { throw QueryRefusal(field, "not a date such as 2026-01-31") }
        return text
    }
}

extension String {
    /// True for the form of a minute on a clock, `2026-01-31T14:05`.
    fileprivate var isMinuteForm: Bool {
        let halves = split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count == 2, String(halves[0]).isDateForm, halves[1].utf8.count == 5 else { return false }
        let numbers = halves[1].split(separator: ":", omittingEmptySubsequences: false)
        guard numbers.count == 2,
            numbers.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
            let hour = Int(numbers[0]), let minute = Int(numbers[1])
        else { return false }
        return hour < 24 && minute < 60
    }
}
