import Analytics
import Postgres
import Schema
import Store

/// Hits stored over one connection, compared with a COPY of rows of the same size into a table of the same columns.
///
/// The server of the database follows, so its share of the work is to hand it all rows; with `HOURGLASS_LIVE_USERS=0` in
/// the environment nobody follows.
struct HitsSection: Section {
    static let name = SectionName.hits

    let session: Session
    let flavour: Flavour

    private static let sizes = [100, 1_000]

    var expectedSeconds: Double { Double(plan.rounds * Self.sizes.count * 3 * plan.seconds) }

    func run() async throws {
        try await Hourglass.with(flavour, in: session.directory) { hourglass in
            try await hourglass.withConnection { connection in
                try await connection.run("CREATE TABLE hit_copy (LIKE hourglass.hit INCLUDING ALL)")
                if flavour == .timescaledb {
                    try await connection.run(
                        "SELECT create_hypertable('hit_copy', by_range('ts'), create_default_indexes => false)"
                    )
                }
            }
            var configuration = PostgresStore.Configuration()
            configuration.writers = 1
            configuration.live.users = 0
            let store = PostgresStore(url: hourglass.databaseURL, configuration: configuration)
            for round in 1...plan.rounds {
                for size in Self.sizes { try await measure(store, hourglass, size: size, round: round) }
            }
            store.close()
        }
    }

    private func measure(_ store: PostgresStore, _ hourglass: Hourglass, size: Int, round: Int) async throws {
        let situation = "batches of \(size)"
        for (contender, hasIDs) in [("hourglass", false), ("hourglass, with ids", true)] {
            await begin("\(situation): \(contender)", round: round, seconds: Double(plan.seconds))
            var rows = HitRows()
            let values = try await time(size) {
                let hits = rows.next(size, hasIDs: hasIDs)
                return { _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)])) }
            }
            await note(situation, contender, round: round, values)
        }
        await begin("\(situation): COPY", round: round, seconds: Double(plan.seconds))
        try await hourglass.withConnection { connection in
            var rows = HitRows()
            let values = try await time(size) {
                let hits = rows.next(size, hasIDs: false)
                return { try await connection.copy(hits) }
            }
            await note(situation, "COPY", round: round, values)
        }
    }

    /// Stores batches for the time of a measurement; making them does not count.
    private func time(
        _ size: Int,
        _ next: () -> () async throws -> Void
    ) async throws -> [Metric: Double] {
        var spent: Duration = .zero
        var stored = 0
        while spent < .seconds(plan.seconds) {
            let store = next()
            let start = ContinuousClock.now
            try await store()
            spent += start.duration(to: .now)
            stored += size
        }
        return [.eventsPerSecond: Double(stored) / spent.inSeconds]
    }
}

extension Connection {
    /// Copies rows of the size of these hits into the table to compare with.
    fileprivate func copy(_ hits: [Hit]) throws {
        let columns = [
            "ts", "site_id", "visitor", "name_id", "host_id", "path_id", "title_id", "place_id", "agent_id",
            "origin_id",
            "flags", "props",
        ]
        _ = try copy(into: "hit_copy", columns: columns) { _, writer in
            for hit in hits {
                let id = Int32(truncatingIfNeeded: hit.visitor?.rawValue ?? 0)
                try writer.row(
                    (hit.time.milliseconds - 946_684_800_000) * 1_000,
                    hit.site.rawValue,
                    Int(truncatingIfNeeded: hit.visitor?.rawValue ?? 0),
                    id,
                    id,
                    id,
                    id,
                    id,
                    id,
                    id,
                    hit.flags.rawValue,
                    hit.props.map { PostgresJSON($0) }
                )
            }
        }
    }
}
