import Postgres
import Support
import Testing

extension OwnCluster {
    /// Creates the template of the scenarios' databases, with all sites of a ledger, unless it exists.
    ///
    /// Cancels the test if the cluster does not support the flavour.
    func template(_ flavour: String) async throws -> String {
        let name = "template_\(flavour)"
        let existing = try await Connection.with(url(database: "postgres")) {
            try await $0.execute(Existing(database: name, role: Scenario.login))
        }
        guard existing.first?.database != true else { return name }
        if existing.first?.role != true { try await run("CREATE ROLE \(Scenario.login) LOGIN NOINHERIT") }
        try await run("CREATE DATABASE \(name)")
        let arguments = ["migrate", "--flavour", flavour, "--login", Scenario.login]
        let migrated = try await HourglassProcess.run(arguments + ["--database-url", url(database: name)])
        guard migrated.status == .exited(0) else {
            try await run("DROP DATABASE \(name)")
            try cancelWithoutTimescaleDB(migrated.output)
        }
        try await run(LedgerSite.insertion, in: name)
        return name
    }
}

/// The existence of a database and of a role.
private struct Existing: Statement {
    static let sql = """
        SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1), EXISTS (SELECT FROM pg_roles WHERE rolname = $2)
        """
    let database: String
    let role: String
    var parameters: Parameters { Parameters(database, role) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> (database: Bool, role: Bool) {
        try row.decode((Bool, Bool).self)
    }
}
