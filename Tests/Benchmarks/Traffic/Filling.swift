import FoundationEssentials
import Load
import Postgres

/// Stored events, spread over hours.
struct Filling: Sendable {
    let events: Int
    /// To draw from, all alike.
    let users: Int
    let hours: Int
    /// The last second, since 1970.
    let until: Int

    /// Why the database could not be filled.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Fills the database through the server, as its clients would.
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
        // As autovacuum will have left them.
        try await hourglass.withConnection { try await $0.run("VACUUM (ANALYZE) hourglass.event") }
    }

    /// Waits until the aggregates answer for every closed hour.
    static func waitForRefresh(_ hourglass: Hourglass) async throws {
        try await hourglass.withConnection { connection in
            let end = ContinuousClock.now + .seconds(900)
            while try await connection.execute(TouchedHours()).first != 0 {
                guard ContinuousClock.now < end else { throw Failure(description: "some hours are never refreshed") }
                // Nothing tells of the last one but the table itself.
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
