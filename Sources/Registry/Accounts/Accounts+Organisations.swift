package import Analytics
import Postgres

// Organisations and their members.
extension Accounts {
    /// The name and the title of an organisation.
    package struct ListedOrganisation: Sendable, Decodable {
        package let name: String
        /// The name for people; empty for `name`.
        package let title: String
    }

    /// All organisations, in order of their names.
    ///
    /// - Throws: `RegistryFailure`
    package func organisations() async throws -> [ListedOrganisation] {
        try await document("SELECT organisation_list()") ?? []
    }

    /// An organisation with its members and open invitations; nil if there is none of the name.
    ///
    /// - Throws: `RegistryFailure`
    package func organisation(_ name: String) async throws -> Organisation? {
        try await document("SELECT organisation_document($1)", Parameters(name))
    }

    /// Adds an organisation.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - title: The name for people.
    ///   - owner: Its owner; nil for none but operators.
    ///   - author: The maker of the change.
    /// - Throws: `RegistryFailure`
    package func addOrganisation(_ name: String, title: String, owner: Account?, by author: Author) async throws {
        let parameters = Parameters(name, title, owner?.key)
        _ = try await make(
            Change("organisation.add", name, "SELECT add_organisation($1, $2, $3)", parameters),
            by: author
        )
    }

    /// Changes an organisation; nil leaves a value as it is.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - title: The name for people.
    ///   - logo: The logo with its media type; empty to remove it.
    ///   - author: The maker of the change.
    /// - Throws: `RegistryFailure`
    package func setOrganisation(
        _ name: String,
        title: String? = nil,
        logo: (bytes: [UInt8], type: String)? = nil,
        by author: Author
    ) async throws {
        let parameters = Parameters(name, title, logo?.bytes, logo?.type)
        let change = Change("organisation.change", name, "SELECT set_organisation($1, $2, $3, $4)", parameters)
        _ = try await make(change, by: author)
    }

    /// Removes an organisation without sites.
    ///
    /// - Throws: `RegistryFailure`
    package func removeOrganisation(_ name: String, by author: Author) async throws {
        let change = Change("organisation.remove", name, "SELECT remove_organisation($1)", Parameters(name))
        _ = try await make(change, by: author)
    }

    /// The logo of an organisation and its media type; nil without one.
    ///
    /// - Throws: `RegistryFailure`
    package func logo(of organisation: String) async throws -> (bytes: [UInt8], type: String)? {
        let query = PostgresQuery("SELECT logo, logo_type FROM organisation_logo($1)", Parameters(organisation))
        return try await asking { connection in
            try await connection.execute(query) { row in
                let (bytes, type) = try row.decode(([UInt8], String).self)
                return (bytes: bytes, type: type)
            }
        }.first
    }

    /// Gives an account a role in an organisation or, with nil, takes the one that it has.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - account: The name or the e-mail address of the account.
    ///   - organisation: The name of the organisation.
    ///   - author: The maker of the change.
    /// - Throws: `RegistryFailure`
    package func set(
        _ role: Role?,
        of account: String,
        in organisation: String,
        by author: Author
    ) async throws {
        let parameters = Parameters(organisation, account.lowercased(), role?.rawValue)
        let change = Change(
            role == nil ? "member.remove" : "member.role",
            "\(organisation): \(account)\(role.map { ", \($0.rawValue)" } ?? "")",
            "SELECT set_member($1, $2, $3)",
            parameters
        )
        _ = try await make(change, by: author)
    }
}
