package import Analytics
import FoundationEssentials
import Postgres

// Changes of accounts.
extension Accounts {
    /// All accounts, in order of their names.
    ///
    /// - Throws: `RegistryFailure`
    package func all() async throws -> [Account] { try await document("SELECT account_list()") ?? [] }

    /// An account by its name or its e-mail address.
    ///
    /// - Throws: `RegistryFailure.refused` if there is none.
    package func account(_ name: String) async throws -> Account {
        let account: Account? = try await document(
            "SELECT account_document(account_named($1))::text",
            Parameters(name.lowercased())
        )
        guard let account else { throw RegistryFailure.malformed }
        return account
    }

    /// Adds an account.
    ///
    /// - Parameters:
    ///   - new: The account.
    ///   - isOperator: True to make it an operator.
    ///   - author: The maker of the change.
    /// - Throws: `RegistryFailure`, or `AccountFailure.busy`
    package func add(_ new: NewAccount, isOperator: Bool, by author: Author) async throws {
        let password = try await hasher.hash(new.password)
        let parameters = Parameters(new.name.text, new.email, new.displayName, password, isOperator)
        let sql = "SELECT add_account($1, $2, $3, $4, $5)"
        _ = try await make(Change("account.add", new.name.text, sql, parameters), by: author)
    }

    /// Changes what an account tells about itself; nil leaves a value as it is.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - email: The e-mail address; empty for none.
    ///   - displayName: The name for people.
    ///   - settings: The settings of the pages.
    ///   - author: The maker of the change.
    /// - Throws: `RegistryFailure`
    package func change(
        _ account: Account,
        email: String? = nil,
        displayName: String? = nil,
        settings: AccountSettings? = nil,
        by author: Author
    ) async throws {
        let options = try settings.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        let parameters = Parameters(account.key, email, displayName, options)
        let sql = "SELECT set_account($1, $2, $3, $4::text::jsonb)"
        _ = try await make(Change("account.change", account.name, sql, parameters), by: author)
    }

    /// Gives an account another password, and ends its logins but one.
    ///
    /// - Parameters:
    ///   - password: The password.
    ///   - account: The account.
    ///   - login: The login that goes on; nil to end all.
    ///   - author: The maker of the change.
    /// - Throws: `RegistryFailure`, or `AccountFailure.busy`
    package func setPassword(
        _ password: String,
        of account: Account,
        keeping login: Login?,
        by author: Author
    ) async throws {
        let parameters = Parameters(account.key, try await hasher.hash(password), login?.key)
        let sql = "SELECT set_password($1, $2, $3)"
        _ = try await make(Change("account.password", account.name, sql, parameters), by: author)
    }

    /// Sets the second factor of an account, and ends its logins but one.
    ///
    /// - Parameters:
    ///   - factor: The second factor.
    ///   - step: The time step of the code that has proved it.
    ///   - account: The account.
    ///   - login: The login that goes on.
    ///   - author: The maker of the change.
    /// - Throws: `RegistryFailure`
    package func setSecondFactor(
        _ factor: OneTimeCode,
        step: Int,
        of account: Account,
        keeping login: Login,
        by author: Author
    ) async throws {
        let parameters = Parameters(account.key, factor.secret, step, login.key)
        let sql = "SELECT set_second_factor($1, $2, $3, $4)"
        _ = try await make(Change("account.second_factor", account.name, sql, parameters), by: author)
    }

    /// Removes the second factor of an account, and ends its logins but one.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - login: The login that goes on; nil to end all.
    ///   - author: The maker of the change.
    /// - Throws: `RegistryFailure`
    package func removeSecondFactor(of account: Account, keeping login: Login?, by author: Author) async throws {
        let sql = "SELECT set_second_factor($1, NULL, 0, $2)"
        let parameters = Parameters(account.key, login?.key)
        _ = try await make(Change("account.second_factor.remove", account.name, sql, parameters), by: author)
    }

    /// Ends logins of an account.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - id: The id of the login; nil for all.
    ///   - login: The login that goes on; nil for none.
    ///   - author: The maker of the change.
    /// - Throws: `RegistryFailure`
    package func endLogins(of account: Account, only id: Int?, keeping login: Login?, by author: Author) async throws {
        let parameters = Parameters(account.key, id.map { Int32(truncatingIfNeeded: $0) }, login?.key)
        let change = Change("account.logout", account.name, "SELECT end_logins($1, $2, $3)", parameters)
        _ = try await make(change, by: author)
    }

    /// Makes an account an operator, or takes that from it.
    ///
    /// - Throws: `RegistryFailure`
    package func set(_ account: Account, isOperator: Bool, by author: Author) async throws {
        let action = isOperator ? "account.operator" : "account.operator.remove"
        let parameters = Parameters(account.key, isOperator)
        _ = try await make(Change(action, account.name, "SELECT set_operator($1, $2)", parameters), by: author)
    }

    /// Removes an account, and ends its logins.
    ///
    /// - Throws: `RegistryFailure`
    package func remove(_ account: Account, by author: Author) async throws {
        let change = Change("account.remove", account.name, "SELECT remove_account($1)", Parameters(account.key))
        _ = try await make(change, by: author)
    }

    /// A page of the audit log, the last change first.
    ///
    /// - Parameters:
    ///   - id: The id before which the page ends; nil for the last page.
    ///   - limit: The most entries.
    /// - Returns: The entries.
    /// - Throws: `RegistryFailure`
    package func audit(before id: Int?, limit: Int) async throws -> [AuditEntry] {
        try await document("SELECT audit_page($1, $2)", Parameters(id, Int32(truncatingIfNeeded: limit))) ?? []
    }
}

extension Account {
    /// The id as the database has it.
    var key: Int32 { Int32(truncatingIfNeeded: id) }
}

extension Login {
    /// The id as the database has it.
    var key: Int32 { Int32(truncatingIfNeeded: id) }
}
