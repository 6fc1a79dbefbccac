import Analytics
import HTTP
import HTTPTypes

/// A segment as `POST /api/v1/segments` takes it.
struct SegmentDocument: SiteDocument {
    static let noun = "segment"
    static let members: Set<String> = ["name", "filters", "type"]

    let site: SiteName?
    let name: String
    let filters: SavedFilters
    /// True for a segment of the account that is logged in, false for one of everybody who may see the site.
    let isPersonal: Bool

    var role: Role { isPersonal ? .viewer : .member }

    init(_ members: SiteDocumentMembers) throws {
        site = members.site
        guard let name = members["name"]?.text, Segment.isName(name) else {
            throw Problem(.badRequest, Segment.formOfNames, field: "name")
        }
        guard let value = members["filters"], value != .array([]) else {
            throw Problem(.badRequest, "missing: a segment has filters", field: "filters")
        }
        do throws(SavedFilters.Invalid) { filters = try SavedFilters(value) } catch {
            throw Problem(.badRequest, error.description, field: "filters")
        }
        switch members["type"] {
        case nil, .text("site"): isPersonal = false
        case .text("personal"): isPersonal = true
        default: throw Problem(.badRequest, "neither site nor personal", field: "type")
        }
        self.name = name
    }
}
