package import Analytics
import Registry

extension TestDatabase {
    /// Adds a key to a site, as a command would; returns its text.
    package func addKey(_ scope: KeyScope, to site: String = "default") async throws -> String {
        let key = KeyText.random(scope)
        let digits = key.digest.map { String(Int($0) + 0x100, radix: 16).dropFirst() }.joined()
        let text = scope == .write ? "'\(key.text)'" : "NULL"
        try await run("SELECT add_key('\(site)', '\(scope.rawValue)', 'test', \(text), '\\x\(digits)')")
        return key.text
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
