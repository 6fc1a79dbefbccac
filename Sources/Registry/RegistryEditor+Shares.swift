package import Analytics
import Postgres

extension RegistryEditor {
    /// Adds a share link to a site.
    ///
    /// - Parameters:
    ///   - share: The text of the link.
    ///   - name: The site.
    ///   - label: A name for people.
    ///   - filters: The filters that every question is answered with, as a JSON array.
    /// - Returns: The id of the link.
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func add(_ share: ShareText, to name: SiteName, label: String, filters: String) async throws -> Int {
        let parameters = Parameters(name.text, label, filters, share.digest)
        return try await make(
            Change("share.add", name.text, "SELECT add_share($1, $2, $3::text::jsonb, $4)", parameters)
        )
    }

    /// Revokes a share link, or does nothing if it is revoked.
    ///
    /// - Parameter id: The id of the link.
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func revokeShare(_ id: Int) async throws {
        guard let id = Int32(exactly: id) else { throw RegistryFailure.refused("there is no share link \(id)") }
        _ = try await make(Change("share.revoke", "\(id)", "SELECT 1 FROM revoke_share($1)", Parameters(id)))
    }

    /// The share links of a site, in the order in which they were added, revoked ones included.
    package func shares(of site: SiteID) async throws -> [ListedShare] {
        try await asking { try await $0.execute(ListShares(site: site)) }
    }
}
