package import Analytics
import Registry

extension TestDatabase {
    /// Adds a key to a site, as a command would; returns its text.
    package func addKey(_ scope: KeyScope, to site: String = "default") async throws -> String {
        let key = KeyText.random(scope)
        let digits = Self.hexadecimal(key.digest)
        let text = scope == .write ? "'\(key.text)'" : "NULL"
        try await run("SELECT add_key('\(site)', '\(scope.rawValue)', 'test', \(text), '\\x\(digits)')")
        return key.text
    }

    /// Adds a share link to a site, as a command would; returns its text.
    package func addShare(_ filters: String = "[]", to site: String = "default") async throws -> String {
        let share = ShareText.random()
        try await run("SELECT add_share('\(site)', 'test', '\(filters)', '\\x\(Self.hexadecimal(share.digest))')")
        return share.text
    }

    /// Adds a share link with the password `cheapPassword` to a site; returns its text.
    package func addGuardedShare(_ filters: String = "[]", to site: String) async throws -> String {
        let share = ShareText.random()
        let digest = Self.hexadecimal(share.digest)
        try await run("SELECT add_guarded_share('\(site)', 'test', '\(filters)', '\\x\(digest)', '\(Self.cheapHash)')")
        return share.text
    }

    /// The password of links and accounts of tests.
    package static let cheapPassword = "correct horse battery"

    /// Its hash at a low cost: at that of the server a debug build takes seconds.
    package static let cheapHash =
        "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$coHb6LlzckOeOHbDHR6JGt8ViaJ/p4LgT4TcMJHWRUI"

    /// Adds an account with a role in the standard organisation, and logs it in; returns the header of its browser.
    package func addLogin(_ role: Role) async throws -> String {
        let secret = SecretText.random(.login)
        let name = "account-\(role.rawValue)"
        try await run(
            """
            SELECT add_account('\(name)', '', '', NULL, false);
            SELECT set_member('default', '\(name)', '\(role.rawValue)');
            SELECT begin_login(account_named('\(name)'), sha256('\(secret.text)'), true, '', '', '', '')
            """
        )
        return "hourglass=\(secret.text)"
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String(Int($0) + 0x100, radix: 16).dropFirst() }.joined()
    }

    /// Adds a site.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - zone: The time zone of its dates.
    ///   - settings: Its settings, as JSON.
    ///   - hosts: The hosts of its pages.
    /// - Throws: The error of the database.
    package func addSite(
        _ name: String,
        zone: String = "UTC",
        settings: String = "{}",
        hosts: [String] = []
    ) async throws {
        try await run(
            "SELECT add_site('\(name)', '{\(hosts.joined(separator: ","))}', '\(zone)', '\(settings)', NULL)"
        )
    }
}
