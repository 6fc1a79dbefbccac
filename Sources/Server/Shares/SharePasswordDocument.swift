import HTTP
import HTTPTypes

/// A change of a share link as `PATCH /api/v1/shares/{id}` takes it.
struct SharePasswordDocument {
    /// The password that its pages ask for from now on; nil for none.
    let password: String?

    /// - Parameter document: An object with `password`, a text or null.
    /// - Throws: A `Problem` that names the member.
    init(_ document: JSONValue) throws {
        guard let members = document.object else { throw Problem(.badRequest, "not a JSON object", field: "body") }
        if let unknown = members.keys.filter({ $0 != "password" }).min() {
            throw Problem(.badRequest, "only the password of a share link can be changed", field: unknown)
        }
        switch members["password"] {
        case nil: throw Problem(.badRequest, "missing: a text, or null for none", field: "password")
        case .null: password = nil
        case .text(let text):
            try ShareDocument.check(text)
            password = text
        default: throw Problem(.badRequest, "neither a text nor null", field: "password")
        }
    }
}
