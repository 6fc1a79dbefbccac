import FoundationEssentials
import Testing

@testable import Postgres

/// The PostgreSQL that the tests talk to; `.ci/with-postgres` starts one.
enum TestServer {
    /// Its address for libpq; nil if no server was started.
    fileprivate static let address = ProcessInfo.processInfo.environment["HOURGLASS_TEST_DATABASE"]
    fileprivate static let isRequired = ProcessInfo.processInfo.environment["CI"] != nil

    /// The connection string, with an application name for `pg_stat_activity`.
    static func url(applicationName: String = "tests") throws -> String {
        let address = try #require(address, "HOURGLASS_TEST_DATABASE is not set, but CI is")
        return "\(address) dbname=postgres application_name=\(applicationName)"
    }

    /// Lends a connection prepared by the script `setup`.
    static func withConnection<R>(
        setup: String = "",
        _ body: (Connection) async throws -> sending R
    ) async throws -> sending R {
        try await Connection.with(url(), setup: setup, body)
    }

    /// Lends the name of a separate schema, and the setup script that makes a connection use it.
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

    /// A name that is unique among the tests.
    static func unique(_ prefix: String) -> String {
        "\(prefix)_\(UUID().uuidString.filter { $0 != "-" }.lowercased())"
    }
}

extension Trait where Self == ConditionTrait {
    /// A requirement for a server: without one the tests fail in CI, and are skipped elsewhere.
    static var server: Self {
        .enabled(
            if: TestServer.address != nil || TestServer.isRequired,
            "HOURGLASS_TEST_DATABASE is not set: run the tests with .ci/with-postgres"
        )
    }
}
