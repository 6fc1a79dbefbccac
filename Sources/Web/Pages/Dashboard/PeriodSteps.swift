/// The ways from the period of a dashboard to those before and after it, and to those that it is a part of.
package struct PeriodSteps: Sendable {
    /// A period, as the parameters of an address.
    package typealias Parameters = [DashboardAddress.Parameter]

    /// The period of the same length that ends where it begins; nil if there is none.
    let earlier: Parameters?
    /// The period of the same length that begins where it ends; nil if that is still to come.
    let later: Parameters?
    /// The year, the month and the day that it is a part of, the widest first.
    let around: [(title: String, period: Parameters)]

    /// Finds the ways.
    ///
    /// - Parameters:
    ///   - period: The parameters of the period.
    ///   - first: Its first date on the clock of its zone, such as `2026-11-25`.
    ///   - last: Its last date.
    ///   - isOver: True if it has ended.
    package init(_ period: Parameters, first: String, last: String, isOver: Bool) {
        let values = Dictionary(period.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        if let range = Self.clock(values) {
            let length = range.first.minutes(to: range.last) + 1
            earlier = Self.minutes(range, by: -length)
            later = isOver ? Self.minutes(range, by: length) : nil
            around = range.first.date == range.last.date ? Self.around(range.first.date, through: .day) : []
            return
        }
        let kind = Kind(values)
        guard let kind, let first = CivilDate(first), let last = CivilDate(last), first <= last else {
            (earlier, later, around) = (nil, nil, [])
            return
        }
        earlier = kind.period(before: first, last)
        later = isOver ? kind.period(after: first, last) : nil
        around = kind.unit(first, last).map { Self.around(first, through: $0) } ?? []
    }

    /// The part of a calendar in which a period lies.
    private enum Around { case year, month, day }

    private static func around(_ date: CivilDate, through last: Around) -> [(title: String, period: Parameters)] {
        let (text, year) = (date.description, String(date.description.prefix(4)))
        let names = DateText(text)
        let all = [
            (title: year, period: [("period", "year"), ("date", text)] as Parameters),
            (names?.month ?? year, [("period", "month"), ("date", text)]),
            (names?.full ?? text, [("period", "day"), ("date", text)]),
        ]
        return Array(all.prefix(last == .year ? 1 : last == .month ? 2 : 3))
    }

    private static func clock(_ values: [String: String]) -> (first: CivilMinute, last: CivilMinute)? {
        guard let from = values["from"], let to = values["to"], from.contains("T") || to.contains("T"),
            let first = CivilMinute(from), let last = CivilMinute(to, isLast: true), first <= last
        else { return nil }
        return (first, last)
    }

    private static func minutes(_ range: (first: CivilMinute, last: CivilMinute), by count: Int) -> Parameters? {
        guard let first = range.first.adding(count), let last = range.last.adding(count) else { return nil }
        return [("from", first.text), ("to", last.text)]
    }

    /// The kind of a period of whole days, by which it has neighbours.
    private enum Kind {
        case day, week(name: String), month, year
        case months(Int)
        case days

        /// - Parameter values: The parameters of the period.
        init?(_ values: [String: String]) {
            guard values["from"] == nil else {
                self = .days
                return
            }
            switch values["period"] ?? "" {
            case "all", "24h", "hour": return nil
            case "day", "yesterday": self = .day
            case "week", "week:sunday": self = .week(name: values["period"] ?? "week")
            case "month", "lastmonth": self = .month
            case "year", "lastyear": self = .year
            case let name where name.hasSuffix("mo"):
                guard let count = Int(name.dropLast(2)) else { return nil }
                self = .months(count)
            default: self = .days
            }
        }

        func period(before first: CivilDate, _ last: CivilDate) -> Parameters? {
            switch self {
            case .months(let count):
                return Self.dates(first.firstDay(months: -count), first.adding(days: -1))
            case .days:
                let length = first.days(to: last) + 1
                return Self.dates(first.adding(days: -length), first.adding(days: -1))
            case .day, .week, .month, .year: return anchored(first.adding(days: -1))
            }
        }

        func period(after first: CivilDate, _ last: CivilDate) -> Parameters? {
            let next = last.adding(days: 1)
            switch self {
            case .months(let count):
                return Self.dates(next, next?.firstDay(months: count)?.adding(days: -1))
            case .days:
                return Self.dates(next, last.adding(days: first.days(to: last) + 1))
            case .day, .week, .month, .year: return anchored(next)
            }
        }

        /// The narrowest part of the calendar that a period is a part of.
        func unit(_ first: CivilDate, _ last: CivilDate) -> Around? {
            switch self {
            case .day: return .month
            case .month: return .year
            case .year, .months: return nil
            case .week, .days:
                let (one, other) = (first.description, last.description)
                return one.prefix(7) == other.prefix(7) ? .month : one.prefix(4) == other.prefix(4) ? .year : nil
            }
        }

        /// The period of the calendar that has a date.
        private func anchored(_ date: CivilDate?) -> Parameters? {
            let name: String
            switch self {
            case .week(let week): name = week
            case .month: name = "month"
            case .year: name = "year"
            case .day, .months, .days: name = "day"
            }
            return date.map { [("period", name), ("date", $0.description)] }
        }

        private static func dates(_ first: CivilDate?, _ last: CivilDate?) -> Parameters? {
            guard let first, let last else { return nil }
            return [("from", first.description), ("to", last.description)]
        }
    }
}
