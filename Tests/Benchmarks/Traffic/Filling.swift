import FoundationEssentials
import Load
import Postgres

/// Events to store, spread over hours.
struct Filling: Sendable {
    let events: Int
    /// The number of users, all with the same probability.
    let users: Int
    let hours: Int
    /// The last second, in seconds since 1970.
    let until: Int

    /// The reason that the database could not be filled.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Fills the database through the API of the server.
    func load(into hourglass: Hourglass) async throws {
        var options = LoadOptions()
        options.url = hourglass.process.url
        options.connections = 4
        options.events = events
        options.users = users
        options.skew = 0
        options.hours = hours
        options.late = 0
        options.until = until
        options.mode = .bulk
        options.bulkSize = 5_000
        options.checks = 0
        let report = try await LoadRun(options).run { _ in }
        guard report.acknowledgedEvents == events else {
            throw Failure(description: "of \(events) events \(report.acknowledgedEvents) were acknowledged")
        }
        // As autovacuum would do later.
        try await hourglass.withConnection { try await $0.run("VACUUM (ANALYZE) hourglass.event") }
    }

    /// Waits until the aggregates cover every closed hour.
    static func waitForRefresh(_ hourglass: Hourglass) async throws {
        try await hourglass.withConnection { connection in
            let end = ContinuousClock.now + .seconds(900)
            while try await connection.execute(TouchedHours()).first != 0 {
                guard ContinuousClock.now < end else { throw Failure(description: "some hours are never refreshed") }
                // Polls, because only the table shows when the last hour is refreshed.
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }
}

private struct TouchedHours: Statement {
    static let sql = "SELECT count(*) FROM hourglass.touched_hour"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}
