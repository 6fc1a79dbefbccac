import Analytics
import HTTP
import HTTPTypes

/// A segment as `POST /api/v1/segments` takes it.
struct SegmentDocument: Sendable {
    /// The name of the site; nil for that of the query or the key.
    let site: SiteName?
    let name: String
    let filters: SavedFilters

    private static let members: Set<String> = ["site", "name", "filters"]

    /// - Parameter document: The body; a member that is null counts as missing.
    /// - Throws: A `Problem` that names the member, or a `Rejection` of the site.
    init(_ document: JSONValue) throws {
        guard let all = document.object else { throw Problem(.badRequest, "not a JSON object", field: "body") }
        let members = all.filter { $0.value != .null }
        if let unknown = members.keys.filter({ !Self.members.contains($0) }).min() {
            throw Problem(.badRequest, "a segment has no such member", field: unknown)
        }
        site = try members["site"].map { value in
            guard let text = value.text else { throw Problem(.badRequest, "not a text", field: "site") }
            return try SiteName(parsing: text.utf8Span.span)
        }
        guard let name = members["name"]?.text, Segment.isName(name) else {
            throw Problem(.badRequest, Segment.formOfNames, field: "name")
        }
        guard let value = members["filters"], value != .array([]) else {
            throw Problem(.badRequest, "missing: a segment has filters", field: "filters")
        }
        do throws(SavedFilters.Invalid) { filters = try SavedFilters(value) } catch {
            throw Problem(.badRequest, error.description, field: "filters")
        }
        self.name = name
    }
}
