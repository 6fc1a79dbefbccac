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
    ///   - password: The password that its pages ask for; nil for none.
    /// - Returns: The id of the link.
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func add(
        _ share: ShareText,
        to name: SiteName,
        label: String,
        filters: String,
        password: SharePassword? = nil
    ) async throws -> Int {
        guard let password else {
            let parameters = Parameters(name.text, label, filters, share.digest)
            let sql = "SELECT add_share($1, $2, $3::text::jsonb, $4)"
            return try await make(Change("share.add", name.text, sql, parameters))
        }
        let parameters = Parameters(name.text, label, filters, share.digest, password.hash)
        let sql = "SELECT add_guarded_share($1, $2, $3::text::jsonb, $4, $5)"
        return try await make(Change("share.add", name.text, sql, parameters))
    }

    /// Gives a share link another password, or takes it away; all proofs of the former one are over.
    ///
    /// - Parameters:
    ///   - password: The password; nil for none.
    ///   - id: The id of the link.
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func setPassword(_ password: SharePassword?, ofShare id: Int) async throws {
        guard let id = Int32(exactly: id) else { throw RegistryFailure.refused("there is no share link \(id)") }
        let parameters = Parameters(id, password?.hash)
        _ = try await make(Change("share.password", "\(id)", "SELECT set_share_password($1, $2)", parameters))
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
