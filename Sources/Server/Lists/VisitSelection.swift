import Analytics

/// The visits that a list is asked for: `filter` and `segment` as `GET /api/v1/stats` takes them, and `order`.
struct VisitSelection: Sendable {
    /// True for the newest first.
    private(set) var isDescending = false
    /// The filters and segments; nil for none.
    private let table: TableQuery?
    /// The other parameters, still encoded.
    let rest: String

    /// - Parameter query: The query string, still encoded.
    /// - Throws: A `QueryRefusal` that names the parameter.
    init(_ query: String) throws(QueryRefusal) {
        var (hits, rest): ([Substring], [Substring]) = ([], [])
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            switch halves[0] {
            case "filter", "segment": hits.append(pair)
            case "order":
                guard let isDescending = ["asc": false, "desc": true][halves.dropFirst().first ?? ""] else {
                    throw QueryRefusal("order", "not asc or desc")
                }
                self.isDescending = isDescending
            default: rest.append(pair)
            }
        }
        self.rest = rest.joined(separator: "&")
        table = hits.isEmpty ? nil : try TableQuery(hits.joined(separator: "&"))
    }

    /// The hits of which a visit has to have one.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - period: The time in which visits start.
    ///   - zone: The zone of dates.
    ///   - includesBots: True to count the hits of machines too.
    /// - Returns: The hits; nil if all visits are asked for, the oldest first.
    /// - Throws: A `QueryRefusal` that names the parameter.
    func hits(of site: Site, in period: Period, zone: String, includesBots: Bool) throws(QueryRefusal) -> Query? {
        guard table != nil || isDescending else { return nil }
        var query = Query(site: site.id, period: period, zone: zone, metrics: [.visitors])
        query.includesBots = includesBots
        query.filters = try table?.allFilters(with: site.segments) ?? []
        query.use(site)
        try query.checkCombinations()
        if let goal = query.unknownGoal { throw QueryRefusal("filter", "the site has no goal '\(goal)'") }
        return query
    }
}
