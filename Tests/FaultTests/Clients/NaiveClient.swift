import Postgres

/// A client that stores batches without an id, and repeats each batch whose outcome it does not know.
struct NaiveClient {
    let ledger: Ledger
    let url: String

    func store(_ numbers: Range<Int>, byCopy isCopy: Bool) async throws {
        let events = numbers.map { LedgerEvent($0, of: ledger) }
        while true {
            do {
                try await Connection.with(url) { connection in
                    isCopy ? try await connection.copy(events) : try await connection.insert(events)
                }
                return try ledger.acknowledge(numbers)
            } catch let error as PostgresError where error.state.isConnectionLoss {
                continue
            }
        }
    }
}

extension Connection {
    fileprivate func insert(_ events: [LedgerEvent]) throws {
        let rows = events.map { "(to_timestamp(\($0.time)), \($0.site.id), \($0.kind), '\($0.user)')" }
        try run("INSERT INTO hourglass.event (ts, site_id, kind, user_id) VALUES \(rows.joined(separator: ", "))")
    }

    fileprivate func copy(_ events: [LedgerEvent]) throws {
        _ = try copy(into: "hourglass.event", columns: ["ts", "site_id", "kind", "user_id"]) { _, writer in
            for event in events {
                // PostgreSQL counts microseconds since 2000.
                let time = (event.time - 946_684_800) * 1_000_000
                try writer.row(time, Int32(event.site.id), Int16(event.kind), event.user)
            }
        }
    }
}
