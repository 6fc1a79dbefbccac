import Analytics

/// The dates of a question in Crumby's parameters: `t0` and `t1`, or `from` and `to`, both included, or `days` that end
/// today.
struct CrumbyRange: Hashable, Sendable {
    private static let standardDays = 30
    private static let longest = 3_660

    /// The first and the last date; nil for a number of days.
    private(set) var dates: DateRange?
    private(set) var days = standardDays

    init(_ parameters: [String: String]) throws(QueryRefusal) {
        let first = try Self.date(parameters, "t0", "from")
        let last = try Self.date(parameters, "t1", "to")
        switch (first, last) {
        case (let first?, let last?):
            guard first <= last else { throw QueryRefusal("t0", "From > To") }
            guard parameters["days"] == nil else { throw QueryRefusal("days", "days does not go together with dates") }
            dates = .dates(first, last)
        case (nil, nil):
            guard let text = parameters["days"] else { return }
            guard let number = text.number, 1...Self.longest ~= number else {
                throw QueryRefusal("days", "not a whole number from 1 to \(Self.longest)")
            }
            days = number
        default: throw QueryRefusal(first == nil ? "t0" : "t1", "the first and the last date go together")
        }
    }

    private static func date(
        _ parameters: [String: String],
        _ name: String,
        _ other: String
    ) throws(QueryRefusal) -> String? {
        guard let text = parameters[name] ?? parameters[other] else { return nil }
        guard text.isDateForm else { throw QueryRefusal(name, "not a date such as 2026-01-31") }
        return text
    }

    /// The period, in the zone of a site.
    ///
    /// - Throws: `QueryError`
    func period(_ store: any EventStore, _ site: Site) async throws -> Period {
        if let dates { return try await store.period(dates, on: nil, of: site.id, zone: site.zone) }
        let date = try await store.date(of: .now, in: site)
        let today = try await store.period(.day, on: date, of: site.id, zone: site.zone)
        guard days > 1 else { return today }
        let before = try await store.period(.days(days - 1), on: date, of: site.id, zone: site.zone)
        return Period(from: before.start, to: today.end) ?? today
    }
}
