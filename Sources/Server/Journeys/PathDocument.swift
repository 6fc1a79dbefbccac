import Analytics

/// A question about the pages beside a page, as `POST /api/v1/paths/query` takes it.
struct PathDocument: Hashable, Sendable {
    let journey: JourneyDocument
    let page: String
    let limit: Int
    let offset: Int

    /// The most pages of a list unless the question says so.
    private static let usualLimit = 100

    /// - Throws: A `QueryRefusal` that names the member.
    init(_ members: [String: JSONValue]) throws(QueryRefusal) {
        journey = try JourneyDocument(members, besides: ["page", "pagination"])
        guard let value = members["page"] else {
            throw QueryRefusal("page", "#: Required property page was not present.")
        }
        guard let page = value.text else { throw .type("page", "String", value) }
        guard 1...Query.limits.patternBytes ~= page.utf8.count, !page.utf8.contains(0) else {
            throw .at("page", "Expected 1 to \(Query.limits.patternBytes) bytes.")
        }
        self.page = page
        (limit, offset) = try QueryDocument.pagination(members["pagination"], limit: Self.usualLimit)
    }

    func query(_ selection: Query) -> PathQuery {
        var hits = selection
        (hits.limit, hits.offset) = (limit, offset)
        return PathQuery(hits, page: page)
    }
}
