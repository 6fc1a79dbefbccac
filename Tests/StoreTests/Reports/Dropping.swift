import Analytics
import Postgres
import Support

@testable import Store

/// The dropping of old hits by the maintenance of a store.
struct Dropping: Sendable {
    private let store: PostgresStore
    private let configuration: Maintenance.Configuration

    /// - Parameters:
    ///   - store: The store.
    ///   - day: The Monday before which hits are dropped, in days since 1970; events go a week later.
    init(_ store: PostgresStore, before day: Int) {
        self.store = store
        var configuration = Maintenance.Configuration()
        configuration.quiet = .zero
        configuration.compressAfter = nil
        let events = Timestamp(milliseconds: (day + 7) * 86_400_000)
        let age = Timestamp.now.milliseconds - events.milliseconds - 3_600_000
        configuration.retention = .milliseconds(age)
        self.configuration = configuration
    }

    /// Maintains until hits have been dropped, for some rounds; returns false if they have not.
    func drop() async throws -> Bool {
        let maintenance = store.maintenance(configuration)
        for _ in 0..<20 {
            try await maintenance.round()
            if try await isDone() { return true }
        }
        return false
    }

    /// Drops events alone.
    func dropEvents() async throws {
        try await withConnection { connection in
            let hours = try await connection.execute(TouchedHours(quiet: .zero))
            for hour in hours { _ = try await connection.execute(RefreshHour(hour: hour)) }
            if let age = configuration.retention { _ = try await connection.execute(DropEvents(age: age)) }
        }
    }

    /// Lends a connection for maintaining.
    func withConnection(_ body: @Sendable (Connection) async throws -> Void) async throws {
        let pool = store.ingest.sibling(for: .maintaining, store.configuration)
        defer { pool.close() }
        try await pool.withConnection(body)
    }

    private func isDone() async throws -> Bool {
        try await store.ask { connection in
            let query = PostgresQuery(
                "SELECT isfinite(hits_since) AND hits_since = kept_since - INTERVAL '7 days' FROM retention"
            )
            let found: [Bool] = try await connection.execute(query) { try $0.decode(Bool.self) }
            return found == [true]
        }
    }
}

extension PostgresStore {
    /// The time of the first hit that is stored.
    func firstHit() async throws -> Timestamp {
        try await ask { connection in
            let query = PostgresQuery("SELECT min(ts) FROM any_hit_row")
            let found: [PostgresTimestamp] = try await connection.execute(query) {
                try $0.decode(PostgresTimestamp.self)
            }
            return Timestamp(found[0])
        }
    }
}

extension TestDatabase {
    /// The number that a query tells.
    func count(_ sql: String) async throws -> Int {
        try await Connection.with(url, setup: "SET search_path = hourglass;") { connection in
            let found: [Int] = try await connection.execute(PostgresQuery(sql)) { try $0.decode(Int.self) }
            return found[0]
        }
    }
}
