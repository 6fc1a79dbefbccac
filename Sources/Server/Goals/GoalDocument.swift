import Analytics
import HTTP
import HTTPTypes

/// A goal as `POST /api/v1/goals` takes it.
struct GoalDocument: Sendable {
    /// The name of the site; nil for that of the query or the key.
    let site: SiteName?
    let goal: GoalInput

    private static let members: Set<String> = [
        "site", "event", "page", "scroll", "display", "properties", "currency",
    ]

    /// - Parameter document: The body; a member that is null counts as missing.
    /// - Throws: A `Problem` that names the member, or a `Rejection` of the site.
    init(_ document: JSONValue) throws {
        guard let all = document.object else { throw Problem(.badRequest, "not a JSON object", field: "body") }
        let members = all.filter { $0.value != .null }
        if let unknown = members.keys.filter({ !Self.members.contains($0) }).min() {
            throw Problem(.badRequest, "a goal has no such member", field: unknown)
        }
        site = try Self.text("site", members).map { try SiteName(parsing: $0.utf8Span.span) }
        do {
            goal = try GoalInput(
                event: try Self.text("event", members),
                page: try Self.text("page", members),
                scroll: try Self.number("scroll", members),
                display: try Self.text("display", members),
                properties: try Self.properties(members),
                currency: try Self.text("currency", members)
            )
        } catch let invalid as GoalInput.Invalid {
            throw Problem(.badRequest, invalid.reason, field: invalid.field.rawValue)
        }
    }

    private static func text(_ name: String, _ members: [String: JSONValue]) throws -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.text else { throw Problem(.badRequest, "not a text", field: name) }
        return text
    }

    private static func number(_ name: String, _ members: [String: JSONValue]) throws -> Int? {
        guard let value = members[name] else { return nil }
        guard let number = value.int else { throw Problem(.badRequest, "not a whole number", field: name) }
        return number
    }

    private static func properties(_ members: [String: JSONValue]) throws -> [String: String] {
        guard let value = members["properties"] else { return [:] }
        let texts = value.object?.compactMapValues(\.text)
        guard let texts, texts.count == value.object?.count else {
            throw Problem(.badRequest, "not an object whose members are texts", field: "properties")
        }
        return texts
    }
}
