import FoundationEssentials
import Schema
package import Testing

/// The PostgreSQL that the tests use; `.ci/with-postgres` starts it.
package enum TestServer {
    /// Keywords of libpq without the database, such as `host=/tmp/x user=postgres`.
    package static let address = ProcessInfo.processInfo.environment["HOURGLASS_TEST_DATABASE"]

    /// True if tests that need the server run.
    ///
    /// In CI they always run, and fail without a server.
    package static let isAvailable = address != nil || ProcessInfo.processInfo.environment["CI"] != nil

    /// The connection string of one of its databases.
    ///
    /// The connect timeout is longer than production's five seconds, because a machine that runs all tests is busy.
    package static func url(database: String) throws -> String {
        let address = try #require(address, "HOURGLASS_TEST_DATABASE is not set: run the tests with `make test`")
        return "\(address) connect_timeout=60 dbname=\(database)"
    }
}

extension Trait where Self == ConditionTrait {
    /// A condition for the test that represents all tests cancelled for lack of TimescaleDB in the report.
    package static var needsTimescaleDB: Self {
        .enabled("TimescaleDB 2.28 or later is not available: its half of the tests on both flavours is not run") {
            guard TestServer.address != nil else { return false }
            guard let reason = try await Templates.shared.obstacle(to: .timescaledb) else { return true }
            noteSkippedWithoutTimescaleDB(reason)
            return false
        }
    }

    /// A condition for tests that need PostgreSQL.
    package static var needsPostgres: Self {
        .enabled(if: TestServer.isAvailable, "HOURGLASS_TEST_DATABASE is not set: run the tests with `make test`")
    }
}
