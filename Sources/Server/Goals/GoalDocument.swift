import Analytics
import HTTP
import HTTPTypes

/// A goal as `POST /api/v1/goals` takes it.
struct GoalDocument: SiteDocument {
    static let noun = "goal"
    static let members: Set<String> = ["event", "page", "scroll", "display", "properties", "currency"]

    let site: SiteName?
    let goal: GoalInput

    init(_ members: SiteDocumentMembers) throws {
        site = members.site
        do {
            goal = try GoalInput(
                event: try members.text("event"),
                page: try members.text("page"),
                scroll: try Self.number("scroll", members),
                display: try members.text("display"),
                properties: try Self.properties(members),
                currency: try members.text("currency")
            )
        } catch let invalid as GoalInput.Invalid {
            throw Problem(.badRequest, invalid.reason, field: invalid.field.rawValue)
        }
    }

    private static func number(_ name: String, _ members: SiteDocumentMembers) throws -> Int? {
        guard let value = members[name] else { return nil }
        guard let number = value.int else { throw Problem(.badRequest, "not a whole number", field: name) }
        return number
    }

    private static func properties(_ members: SiteDocumentMembers) throws -> [String: String] {
        guard let value = members["properties"] else { return [:] }
        let texts = value.object?.compactMapValues(\.text)
        guard let texts, texts.count == value.object?.count else {
            throw Problem(.badRequest, "not an object whose members are texts", field: "properties")
        }
        return texts
    }
}
