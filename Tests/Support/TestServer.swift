import FoundationEssentials
import Schema
package import Testing

/// The PostgreSQL that the tests use; `.ci/with-postgres` starts it.
package enum TestServer {
    /// Keywords of libpq without the database, such as `host=/tmp/x user=postgres`.
    package static let address = ProcessInfo.processInfo.environment["HOURGLASS_TEST_DATABASE"]

    /// Whether a test that needs the server may run.
    ///
    /// In CI it must, so there it runs and fails.
    package static let isAvailable = address != nil || ProcessInfo.processInfo.environment["CI"] != nil

    /// The connection string of one of its databases.
    ///
    /// A machine that runs all tests at once may take longer to let a session in than the five seconds of production.
    package static func url(database: String) throws -> String {
        let address = try #require(address, "HOURGLASS_TEST_DATABASE is not set: run the tests with `make test`")
        return "\(address) connect_timeout=60 dbname=\(database)"
    }
}

extension Trait where Self == ConditionTrait {
    /// For the test that stands in the report for all that were cancelled because there is no TimescaleDB.
    package static var needsTimescaleDB: Self {
        .enabled("TimescaleDB 2.28 or later is not available: its half of the tests on both flavours is not run") {
            guard TestServer.address != nil else { return false }
            return try await Templates.shared.obstacle(to: .timescaledb) == nil
        }
    }

    /// For tests that need a real PostgreSQL.
    package static var needsPostgres: Self {
        .enabled(if: TestServer.isAvailable, "HOURGLASS_TEST_DATABASE is not set: run the tests with `make test`")
    }
}
