import Analytics
import HTTP
import HTTPTypes

/// A note as `POST /api/v1/notes` takes it.
struct NoteDocument: SiteDocument {
    static let noun = "note"
    static let members: Set<String> = ["date", "text"]

    let site: SiteName?
    let date: String
    let text: String

    init(_ members: SiteDocumentMembers) throws {
        site = members.site
        // A missing member, or one that is no text, is refused like an empty text.
        (date, text) = (members["date"]?.text ?? "", members["text"]?.text ?? "")
        do throws(Note.Invalid) { try Note.check(date: date, text: text) } catch {
            throw Problem(.badRequest, error.reason, field: error.rawValue)
        }
    }
}
