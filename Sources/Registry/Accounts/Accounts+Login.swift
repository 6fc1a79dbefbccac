package import Analytics
import Postgres

// Letting somebody in.
extension Accounts {
    /// Logs somebody in.
    ///
    /// - Parameters:
    ///   - name: The name or the e-mail address of the account.
    ///   - password: The password.
    ///   - client: The client.
    /// - Returns: The secret of the login, and true if a one-time code has to complete it.
    /// - Throws: `AccountFailure`, or `RegistryFailure`
    package func logIn(
        _ name: String,
        password: String,
        _ client: LoginClient
    ) async throws -> (secret: SecretText, needsCode: Bool) {
        let name = name.lowercased()
        let known = try await secrets(of: name)
        // The account has one count of failures under all of its names, and strangers have their own.
        let key = known.map { "account \($0.id)" } ?? "name \(name.prefix(254))"
        try await beginAttempt(key, client)
        guard try await hasher.matches(password, known?.password), let known else { throw AccountFailure.wrong }
        let secret = SecretText.random(.login)
        let needsCode = known.hasFactor
        _ = try await number(
            "SELECT begin_login($1, $2, $3, $4, $5, $6, $7)",
            Parameters(
                Int32(truncatingIfNeeded: known.id),
                secret.digest,
                !needsCode,
                client.agent,
                client.address,
                key,
                client.addressKey
            )
        )
        return (secret, needsCode)
    }

    /// Completes a login by a one-time code.
    ///
    /// - Parameters:
    ///   - former: The secret of the login so far.
    ///   - code: The code.
    ///   - client: The client.
    ///   - now: The current time.
    /// - Returns: The secret of the login from now on.
    /// - Throws: `AccountFailure`, or `RegistryFailure`
    package func complete(
        _ former: SecretText,
        code: String,
        _ client: LoginClient,
        now: Timestamp
    ) async throws -> SecretText {
        guard let login = try await login(of: former), !login.isComplete else { throw AccountFailure.wrong }
        let key = "account \(login.account.id)"
        try await beginAttempt(key, client)
        guard let known = try await secrets(of: login.account.name), let factor = known.factor,
            let step = factor.step(of: code, at: now.milliseconds / 1000, after: known.step)
        else { throw AccountFailure.wrong }
        let secret = SecretText.random(.login)
        let taken = try await number(
            "SELECT complete_login($1, $2, $3, $4)::integer",
            Parameters(former.digest, secret.digest, step, key)
        )
        guard taken == 1 else { throw AccountFailure.wrong }
        return secret
    }

    /// The login of a secret; nil if it is over, or never was.
    ///
    /// - Throws: `RegistryFailure`
    package func login(of secret: SecretText) async throws -> Login? {
        try await document("SELECT read_login($1)", Parameters(secret.digest))
    }

    /// Checks the password of an account again, before it changes what protects it.
    ///
    /// - Parameters:
    ///   - password: The password.
    ///   - code: A one-time code, which is needed too; nil where the password is enough.
    ///   - account: The account.
    ///   - client: The client.
    /// - Throws: `AccountFailure`, or `RegistryFailure`
    package func check(
        _ password: String,
        code: String? = nil,
        of account: Account,
        _ client: LoginClient
    ) async throws {
        let key = "account \(account.id)"
        try await beginAttempt(key, client)
        let known = try await secrets(of: account.name)
        guard try await hasher.matches(password, known?.password) else { throw AccountFailure.wrong }
        if let code, let known, let factor = known.factor {
            let second = Timestamp.now.milliseconds / 1000
            guard factor.step(of: code, at: second, after: known.step) != nil else { throw AccountFailure.wrong }
        }
        _ = try await number("SELECT end_login_attempt($1, $2)::integer", Parameters(key, client.addressKey))
    }

    /// Ends a login.
    ///
    /// - Throws: `RegistryFailure`
    package func logOut(_ login: Login) async throws {
        _ = try await number(
            "SELECT end_logins($1, $2, NULL)",
            Parameters(Int32(truncatingIfNeeded: login.account.id), Int32(truncatingIfNeeded: login.id))
        )
    }

    /// The logins of an account, the last used one first.
    ///
    /// - Throws: `RegistryFailure`
    package func logins(of account: Account) async throws -> [ListedLogin] {
        try await document("SELECT login_list($1)", Parameters(Int32(truncatingIfNeeded: account.id))) ?? []
    }

    /// Begins an attempt, which counts as a failure until it has ended.
    ///
    /// - Parameters:
    ///   - key: The object that is protected.
    ///   - client: The client.
    /// - Throws: `AccountFailure.wait`, or `RegistryFailure`
    func beginAttempt(_ key: String, _ client: LoginClient) async throws {
        let seconds = try await number("SELECT begin_login_attempt($1, $2)", Parameters(key, client.addressKey))
        guard seconds == 0 else { throw AccountFailure.wait(seconds: seconds) }
    }

    private func secrets(of name: String) async throws -> Secrets? {
        let query = PostgresQuery(
            "SELECT id, password, second_factor, factor_step FROM login_secrets($1)",
            Parameters(name)
        )
        return try await asking { connection in
            try await connection.execute(query) { row in
                let (id, password, factor, step) = try row.decode((Int, String?, [UInt8]?, Int).self)
                return Secrets(id: id, password: password, secret: factor, step: step)
            }
        }.first
    }
}

/// The password and the second factor by which an account is checked.
private struct Secrets: Sendable {
    let id: Int
    /// The hash of the password; nil for one that cannot log in yet.
    let password: String?
    /// The secret of the second factor; nil without one.
    let secret: [UInt8]?
    /// The time step of the last one-time code.
    let step: Int

    var hasFactor: Bool { secret != nil }
    var factor: OneTimeCode? { secret.map(OneTimeCode.init(secret:)) }
}
