import FoundationEssentials
import Testing

@testable import Postgres

/// The PostgreSQL that the tests talk to; `.ci/with-postgres` starts one.
enum TestServer {
    /// Its address for libpq; nil where no server was started.
    fileprivate static let address = ProcessInfo.processInfo.environment["HOURGLASS_TEST_DATABASE"]
    fileprivate static let isRequired = ProcessInfo.processInfo.environment["CI"] != nil

    /// How to connect to it, with a name that `pg_stat_activity` shows.
    static func url(applicationName: String = "tests") throws -> String {
        let address = try #require(address, "HOURGLASS_TEST_DATABASE is not set, but CI is")
        return "\(address) dbname=postgres application_name=\(applicationName)"
    }

    /// Lends a connection, which `setup` prepares.
    static func withConnection<R>(
        setup: String = "",
        _ body: (Connection) async throws -> sending R
    ) async throws -> sending R {
        try await Connection.with(url(), setup: setup, body)
    }

    /// Lends the name of a schema of one's own, and what makes a connection use it.
    static func withSchema<R>(
        _ script: String = "",
        _ body: (_ observer: Connection, _ setup: String) async throws -> R
    ) async throws -> R {
        let name = unique("schema")
        return try await withConnection(setup: "CREATE SCHEMA \(name); SET search_path = \(name); \(script)") {
            observer in
            let result = try await body(observer, "SET search_path = \(name);")
            try await observer.run("DROP SCHEMA \(name) CASCADE")
            return result
        }
    }

    /// A name that no other test has.
    static func unique(_ prefix: String) -> String {
        "\(prefix)_\(UUID().uuidString.filter { $0 != "-" }.lowercased())"
    }
}

extension Trait where Self == ConditionTrait {
    /// The tests need a server: without one they fail in CI, and elsewhere are skipped.
    static var server: Self {
        .enabled(
            if: TestServer.address != nil || TestServer.isRequired,
            "HOURGLASS_TEST_DATABASE is not set: run the tests with .ci/with-postgres"
        )
    }
}
