import Analytics

/// A question for a list in the parameters of a URL.
struct ListParameters: Sendable {
    static let limits = 1...1_000

    private(set) var site: SiteName?
    private(set) var period = PeriodParameters()
    private(set) var after: ListCursor?
    /// The most elements; nil for all.
    private(set) var limit: Int?
    private(set) var format: TableFormat
    private(set) var includesBots = false

    /// - Parameters:
    ///   - query: The query string, still encoded.
    ///   - format: The format if no parameter says it.
    /// - Throws: A `QueryRefusal` that names the parameter.
    init(_ query: String, format: TableFormat) throws(QueryRefusal) {
        self.format = format
        for (name, value) in try QueryParameters(query) {
            switch name {
            case "site", "site_id": site = try SiteName(parameter: value)
            case "cursor":
                guard let cursor = ListCursor(value) else { throw QueryRefusal(name, "not a cursor of a list") }
                after = cursor
            case "limit": limit = try StatsQuery.number(value, name, default: 0, in: Self.limits)
            case "format": self.format = try TableFormat(parsing: value)
            case "bots":
                guard let bots = ["true": true, "false": false][value] else {
                    throw QueryRefusal(name, "not true or false")
                }
                includesBots = bots
            case "key": break
            default:
                guard try period.take(name, value) else { throw QueryRefusal(name, "there is no such parameter") }
            }
        }
        _ = try period.range()
        if self.format == .json { limit = limit ?? 100 }
    }
}
