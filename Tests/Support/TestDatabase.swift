package import Postgres
package import Schema

import Testing

/// The database of one test.
package struct TestDatabase: Sendable {
    package let name: String
    package let url: String
    package let flavour: Flavour

    /// The login role of a server in a separate process, with the roles of the server only.
    package static let serverLogin = "test_server"

    /// The connection string of a server in a separate process.
    package var serverURL: String { login(Self.serverLogin).url }

    /// The connection string of people's own SQL.
    package var queryURL: String { login("hourglass_query").url }

    /// The same database with another login role.
    package func login(_ role: String) -> TestDatabase {
        TestDatabase(name: name, url: "\(url) user=\(role)", flavour: flavour)
    }

    /// Runs a script as the superuser.
    package func run(_ script: String) async throws {
        try await Connection.with(url, setup: "SET search_path = hourglass, public;") { try await $0.run(script) }
    }

    /// Sets the number of events in a window from which on its answers are stored.
    package func rollHours(from count: Int) async throws {
        try await run("CREATE OR REPLACE FUNCTION rolled_from() RETURNS integer LANGUAGE sql AS 'SELECT \(count)'")
    }

    /// Ends every connection to the database, waits until they have ended, and allows or forbids new ones.
    package func breakConnections(allow: Bool) async throws {
        try await administer("ALTER DATABASE \(name) ALLOW_CONNECTIONS \(allow)")
        try await administer("SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = '\(name)'")
    }

    /// Makes all new sessions read-only, or none; ends the existing ones.
    package func setReadOnly(_ isReadOnly: Bool) async throws {
        try await administer("ALTER DATABASE \(name) SET default_transaction_read_only = \(isReadOnly)")
        try await breakConnections(allow: true)
    }

    /// The result of a counting query, run as the superuser.
    package func count(_ query: CountQuery) async throws -> Int {
        try await Connection.with(url, setup: "SET search_path = hourglass, public;") { connection in
            try await connection.execute(query).first ?? 0
        }
    }
}

/// The counts that tests query.
package enum CountQuery: String, Sendable {
    case events = "event"
    case touchedHours = "touched_hour"
    case batches = "batch"
    case keys = "idempotency_key"
    case userHours = "user_hour"
    case rollingHours = "rolling_hour"
    case lateSeconds = "late_second"
    case lateUsers = "late_user"
    case parts = "part"
    /// Chunks, on TimescaleDB only.
    case compressedChunks = "chunk"
}

extension CountQuery: Statement {
    package static let sql = """
        SELECT CASE $1 WHEN 'event' THEN (SELECT count(*) FROM event) \
        WHEN 'touched_hour' THEN (SELECT count(*) FROM touched_hour) \
        WHEN 'batch' THEN (SELECT count(*) FROM batch) \
        WHEN 'idempotency_key' THEN (SELECT count(*) FROM idempotency_key) \
        WHEN 'rolling_hour' THEN (SELECT count(*) FROM rolling_hour) \
        WHEN 'late_second' THEN (SELECT count(*) FROM late_second) \
        WHEN 'late_user' THEN (SELECT count(*) FROM late_user) \
        WHEN 'part' THEN (SELECT count(*) FROM part) \
        WHEN 'chunk' THEN (SELECT count(*) FROM pg_class WHERE relname LIKE 'compress%chunk') \
        WHEN 'user_hour' THEN (SELECT count(*) FROM user_hour) END
        """
    package var parameters: Parameters { Parameters(rawValue) }

    package static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}

/// Lends a migrated database of this flavour, and drops it afterwards.
///
/// Without TimescaleDB the test is cancelled, and the report shows it as skipped with the reason.
@discardableResult
package func withDatabase<R: Sendable>(
    _ flavour: Flavour,
    _ body: @Sendable (TestDatabase) async throws -> R
) async throws -> R {
    try await withEmptyDatabase(flavour, template: try await Templates.shared.template(flavour), body)
}

/// Lends a database without a schema.
@discardableResult
package func withEmptyDatabase<R: Sendable>(
    _ flavour: Flavour,
    template: String = "template1",
    _ body: @Sendable (TestDatabase) async throws -> R
) async throws -> R {
    try await Templates.shared.require(flavour)
    let name = Templates.shared.nextName()
    try await administer("CREATE DATABASE \(name) TEMPLATE \(template)")
    let database = TestDatabase(name: name, url: try TestServer.url(database: name), flavour: flavour)
    do {
        let result = try await body(database)
        try await administer("DROP DATABASE \(name) WITH (FORCE)")
        return result
    } catch {
        // The first error is the one to report.
        try? await administer("DROP DATABASE \(name) WITH (FORCE)")
        throw error
    }
}

func administer(_ script: String) async throws {
    try await Connection.with(try TestServer.url(database: "postgres")) { try await $0.run(script) }
}
