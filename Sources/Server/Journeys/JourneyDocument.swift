import Analytics

/// The members that funnels, retention and paths have in common, as `POST /api/v2/query` takes them.
struct JourneyDocument: Hashable, Sendable {
    let site: SiteName
    let range: DateRange
    /// The zone of its dates; nil for that of the site.
    let zone: String?
    /// The filters, in which segments mean nothing until those of the site are known.
    let filters: [Filter]
    /// The filters as they were sent.
    private let writtenFilters: JSONValue?
    /// True to count the hits of machines too.
    let includesBots: Bool

    private static let members: Set<String> = ["site_id", "date_range", "timezone", "filters", "include"]

    /// - Parameters:
    ///   - members: The members of the body.
    ///   - own: The names of those that only one of the questions has.
    /// - Throws: A `QueryRefusal` that names the member.
    init(_ members: [String: JSONValue], besides own: Set<String>) throws(QueryRefusal) {
        if let unknown = members.keys.filter({ !Self.members.contains($0) && !own.contains($0) }).min() {
            throw .at(unknown, "Schema does not allow additional properties.")
        }
        for required in ["site_id", "date_range"] where members[required] == nil {
            throw QueryRefusal(required, "#: Required property \(required) was not present.")
        }
        site = try QueryDocument.site(members["site_id"] ?? .null)
        range = try DateRange(members["date_range"] ?? .null)
        zone = try QueryDocument.zone(members["timezone"])
        writtenFilters = members["filters"]
        filters = try FilterReader.filters(writtenFilters, segments: .unknown)
        includesBots = try Self.bots(members["include"])
    }

    private static func bots(_ value: JSONValue?) throws(QueryRefusal) -> Bool {
        guard let value else { return false }
        guard let members = value.object else { throw .type("include", "Object", value) }
        if let unknown = members.keys.filter({ $0 != "bots" }).min() {
            throw .at("include/\(unknown)", "Schema does not allow additional properties.")
        }
        guard let bots = members["bots"] else { return false }
        guard let flag = bots.bool else { throw .type("include/bots", "Boolean", bots) }
        return flag
    }

    /// The hits that count in a period.
    ///
    /// - Throws: A `QueryRefusal` of a segment that the site does not have.
    func selection(of site: Site, in period: Period) throws(QueryRefusal) -> Query {
        var query = Query(site: site.id, period: period, zone: zone ?? site.zone, metrics: [])
        query.filters = try FilterReader.filters(writtenFilters, segments: .known(site.segments))
        query.includesBots = includesBots
        query.use(site)
        return query
    }
}
