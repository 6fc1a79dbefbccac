package import Analytics
import Postgres

// Links that work once.
extension Accounts {
    /// The days for which an invitation may be used.
    package static let invitationDays = 7
    /// The hours for which the link to another password may be used.
    package static let resetHours = 24

    /// A link by its text; nil if it is over, or was used before.
    ///
    /// - Throws: `RegistryFailure`
    package func link(_ text: SecretText) async throws -> AccountLink? {
        try await document("SELECT link_document($1)", Parameters(text.digest))
    }

    /// Makes the link by which the first account is made.
    ///
    /// - Parameter former: The link that it replaces; nil for none.
    /// - Returns: The text of the link; nil if there is an account already.
    /// - Throws: `RegistryFailure`
    package func makeSetupLink(replacing former: SecretText?) async throws -> SecretText? {
        let text = SecretText.random(.link)
        let sql = "SELECT add_setup_link($1, $2)::integer"
        return try await number(sql, Parameters(text.digest, former?.digest)) == 1 ? text : nil
    }

    /// Makes a link by which an account gets another password.
    ///
    /// - Parameters:
    ///   - account: The name or the e-mail address of the account.
    ///   - author: The maker of the link.
    /// - Returns: The text of the link.
    /// - Throws: `RegistryFailure`
    package func makeResetLink(for account: String, by author: Author) async throws -> SecretText {
        let text = SecretText.random(.link)
        let parameters = Parameters(account.lowercased(), text.digest, Int32(Self.resetHours))
        let change = Change("account.reset", account, "SELECT add_reset_link($1, $2, $3)", parameters)
        _ = try await make(change, by: author)
        return text
    }

    /// Makes a link that invites into an organisation.
    ///
    /// - Parameters:
    ///   - organisation: The name of the organisation.
    ///   - role: The role of whoever uses it.
    ///   - label: A name for people.
    ///   - author: The maker of the link.
    /// - Returns: The text of the link.
    /// - Throws: `RegistryFailure`
    package func invite(
        to organisation: String,
        as role: Role,
        label: String,
        by author: Author
    ) async throws -> SecretText {
        let text = SecretText.random(.link)
        let days = Int32(Self.invitationDays)
        let parameters = Parameters(organisation, role.rawValue, label, text.digest, days)
        let change = Change(
            "invitation.add",
            "\(organisation): \(role.rawValue)",
            "SELECT add_invitation($1, $2, $3, $4, $5)",
            parameters
        )
        _ = try await make(change, by: author)
        return text
    }

    /// Ends an invitation of an organisation.
    ///
    /// - Throws: `RegistryFailure`
    package func removeInvitation(_ id: Int, of organisation: String, by author: Author) async throws {
        let parameters = Parameters(organisation, Int32(truncatingIfNeeded: id))
        let change = Change("invitation.remove", organisation, "SELECT remove_invitation($1, $2)", parameters)
        _ = try await make(change, by: author)
    }

    /// Makes an account by a link: the first one by that of the setup, or a member by an invitation.
    ///
    /// - Parameters:
    ///   - new: The account.
    ///   - link: The text of the link.
    ///   - kind: The kind of the link.
    ///   - address: The address of the client.
    /// - Throws: `RegistryFailure`, or `AccountFailure.busy`
    package func add(
        _ new: NewAccount,
        by link: SecretText,
        _ kind: AccountLink.Kind,
        address: String
    ) async throws {
        let function = kind == .setup ? "take_setup_link" : "take_invitation"
        let password = try await hasher.hash(new.password)
        let parameters = Parameters(link.digest, new.name.text, new.email, new.displayName, password)
        let change = Change(
            "account.add",
            new.name.text,
            "SELECT \(function)($1, $2, $3, $4, $5)",
            parameters
        )
        _ = try await make(change, by: Author(account: new.name.text, address: address))
    }

    /// Makes an account that exists a member by an invitation.
    ///
    /// - Throws: `RegistryFailure`
    package func join(by link: SecretText, _ account: Account, by author: Author) async throws {
        let parameters = Parameters(link.digest, account.key)
        let change = Change("member.join", account.name, "SELECT join_by_invitation($1, $2)", parameters)
        _ = try await make(change, by: author)
    }

    /// Gives an account another password by a reset link, and ends all of its logins.
    ///
    /// - Parameters:
    ///   - password: The password.
    ///   - link: The text of the link.
    ///   - account: The name of the account, for the audit log.
    ///   - address: The address of the client.
    /// - Throws: `RegistryFailure`, or `AccountFailure.busy`
    package func setPassword(
        _ password: String,
        by link: SecretText,
        of account: String,
        address: String
    ) async throws {
        let parameters = Parameters(link.digest, try await hasher.hash(password))
        let change = Change("account.password", account, "SELECT take_reset_link($1, $2)", parameters)
        _ = try await make(change, by: Author(account: account, address: address))
    }
}
