import Analytics
import HTTP
import HTTPTypes

/// A note as `POST /api/v1/notes` takes it.
struct NoteDocument: Sendable {
    /// The name of the site; nil for that of the query or the key.
    let site: SiteName?
    let date: String
    let text: String

    private static let members: Set<String> = ["site", "date", "text"]

    /// - Parameter document: The body; a member that is null counts as missing.
    /// - Throws: A `Problem` that names the member, or a `Rejection` of the site.
    init(_ document: JSONValue) throws {
        guard let all = document.object else { throw Problem(.badRequest, "not a JSON object", field: "body") }
        let members = all.filter { $0.value != .null }
        if let unknown = members.keys.filter({ !Self.members.contains($0) }).min() {
            throw Problem(.badRequest, "a note has no such member", field: unknown)
        }
        site = try members["site"].map { value in
            guard let text = value.text else { throw Problem(.badRequest, "not a text", field: "site") }
            return try SiteName(parsing: text.utf8Span.span)
        }
        // A missing member, or one that is no text, is refused like an empty text.
        (date, text) = (members["date"]?.text ?? "", members["text"]?.text ?? "")
        do throws(Note.Invalid) { try Note.check(date: date, text: text) } catch {
            throw Problem(.badRequest, error.reason, field: error.rawValue)
        }
    }
}
