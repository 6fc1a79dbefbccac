import Analytics
import HTTP
import HTTPTypes

/// A share link as `POST /api/v1/shares` takes it.
struct ShareDocument: SiteDocument {
    static let noun = "share link"
    static let members: Set<String> = ["label", "filters", "password"]

    let site: SiteName?
    let label: String
    let filters: SavedFilters
    /// The password that its pages ask for; nil for none.
    let password: String?

    init(_ members: SiteDocumentMembers) throws {
        site = members.site
        let label = try members.text("label") ?? ""
        guard label.count <= KeyDocument.longestLabel else {
            throw Problem(.badRequest, "more than \(KeyDocument.longestLabel) characters", field: "label")
        }
        do throws(SavedFilters.Invalid) { filters = try SavedFilters(members["filters"] ?? .array([])) } catch {
            throw Problem(.badRequest, error.description, field: "filters")
        }
        self.label = label
        password = try members.text("password")
        if let password { try Self.check(password) }
    }

    /// Checks a password that is chosen.
    ///
    /// - Throws: A `Problem` with the reason that it is refused.
    static func check(_ password: String) throws(Problem) {
        guard let fault = PasswordRule.fault(of: password, name: "") else { return }
        throw Problem(.badRequest, fault, field: "password")
    }
}
