import Analytics
import HTTP
import HTTPTypes

/// An element of a list of a site, as a request describes it.
protocol SiteDocument: Sendable {
    /// The word for an element, as in "a goal has no such member".
    static var noun: String { get }
    /// The members that it may have besides the site.
    static var members: Set<String> { get }

    /// The name of the site; nil for that of the query or the key.
    var site: SiteName? { get }
    /// The role that an account needs to add it.
    var role: Role { get }

    /// - Throws: A `Problem` that names the member, or a `Rejection` of the site.
    init(_ members: SiteDocumentMembers) throws
}

extension SiteDocument {
    var role: Role { .member }
}

/// The members of a JSON object that describes an element of a list of a site; one that is null counts as missing.
struct SiteDocumentMembers: Sendable {
    /// The name of the site; nil for that of the query or the key.
    let site: SiteName?
    private let members: [String: JSONValue]

    /// - Parameters:
    ///   - document: The body.
    ///   - type: The element.
    /// - Throws: A `Problem` that names the member, or a `Rejection` of the site.
    init(_ document: JSONValue, _ type: (some SiteDocument).Type) throws {
        guard let all = document.object else { throw Problem(.badRequest, "not a JSON object", field: "body") }
        members = all.filter { $0.value != .null }
        if let unknown = members.keys.filter({ $0 != "site" && !type.members.contains($0) }).min() {
            throw Problem(.badRequest, "a \(type.noun) has no such member", field: unknown)
        }
        site = try Self.text("site", members).map { try SiteName(parsing: $0.utf8Span.span) }
    }

    subscript(name: String) -> JSONValue? { members[name] }

    /// The text of a member; nil if it is missing.
    func text(_ name: String) throws -> String? { try Self.text(name, members) }

    private static func text(_ name: String, _ members: [String: JSONValue]) throws -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.text else { throw Problem(.badRequest, "not a text", field: name) }
        return text
    }
}
