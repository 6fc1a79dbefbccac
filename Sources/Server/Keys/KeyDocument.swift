import Analytics
import HTTP
import HTTPTypes

/// A key as `POST /api/v1/keys` takes it.
struct KeyDocument: SiteDocument {
    static let noun = "key"
    static let members: Set<String> = ["scope", "label"]
    /// The longest label, in characters.
    static let longestLabel = 100

    let site: SiteName?
    let scope: KeyScope
    let label: String

    init(_ members: SiteDocumentMembers) throws {
        site = members.site
        guard let scope = try members.text("scope").flatMap(KeyScope.init) else {
            throw Problem(.badRequest, "not one of write, server and read", field: "scope")
        }
        let label = try members.text("label") ?? ""
        guard label.count <= Self.longestLabel else {
            throw Problem(.badRequest, "more than \(Self.longestLabel) characters", field: "label")
        }
        (self.scope, self.label) = (scope, label)
    }
}
