import Load
import Postgres
import Schema
import Store

/// Page views as `hourglass load --mode pages` makes them: with ids, repeated and late ones, properties and engagements.
struct PagesSection: Section {
    static let name = SectionName.pages

    let session: Session
    let flavour: Flavour

    /// The way in which hits come.
    private struct Situation {
        let name: String
        let connections: Int
        /// Hits in a request.
        let size: Int
        /// Hits offered in a second; nil for as fast as they are answered.
        let rate: Int?
    }

    private static let situations = [
        Situation(name: "64 connections, one hit a request", connections: 64, size: 1, rate: nil),
        Situation(name: "64 connections, 10 000 hits/s offered", connections: 64, size: 1, rate: 10_000),
        Situation(name: "4 connections, 100 hits a request", connections: 4, size: 100, rate: nil),
        Situation(name: "4 connections, 1 000 hits a request", connections: 4, size: 1_000, rate: nil),
    ]

    /// The hits whose size is measured.
    private var stored: Int { plan.isQuick ? 20_000 : 1_000_000 }

    var expectedSeconds: Double {
        Double((Self.situations.count + 2) * plan.rounds * plan.seconds) + fillingSeconds(events: stored)
    }

    func run() async throws {
        try await Hourglass.with(flavour, in: session.directory) { hourglass in
            let key = try await addSite(hourglass)
            for round in 1...plan.rounds {
                for (index, situation) in Self.situations.enumerated() {
                    await begin(situation.name, round: round, seconds: Double(plan.seconds))
                    var options = options(hourglass, key, seed: UInt64(round * 100 + index))
                    options.connections = situation.connections
                    options.bulkSize = situation.size
                    options.rate = situation.rate
                    options.duration = .seconds(plan.seconds)
                    try await measure(hourglass, options, situation.name, round: round)
                }
            }
            try await measureBesideUmami(hourglass, key: key)
        }
        try await Hourglass.with(flavour, in: session.directory) { try await measureSize($0) }
    }

    /// Adds a site with a server key; returns the key.
    private func addSite(_ hourglass: Hourglass) async throws -> String {
        let key = "hgs_" + String(repeating: "b", count: 43)
        try await hourglass.withConnection { connection in
            try await connection.run(
                """
                SET search_path = hourglass;
                SELECT add_site('bench', '{}', 'UTC', '{}', NULL);
                SELECT add_key('bench', 'server', 'bench', NULL, sha256('\(key)'));
                """
            )
        }
        // Every server sees a change within a second.
        try await Task.sleep(for: .seconds(2))
        return key
    }

    private func options(_ hourglass: Hourglass, _ key: String, seed: UInt64) -> LoadOptions {
        var options = LoadOptions()
        options.url = hourglass.process.url
        options.mode = .pages
        options.sites = ["bench"]
        options.keys = [key]
        options.users = plan.users
        options.hours = 24
        options.seed = seed
        return options
    }

    private func measure(
        _ hourglass: Hourglass,
        _ options: LoadOptions,
        _ situation: String,
        round: Int
    ) async throws {
        let before = try ProcessUsage(of: hourglass.process.id)
        let report = try await LoadRun(options).run { _ in }
        let usage = try ProcessUsage(of: hourglass.process.id)
        let hits = Double(report.acknowledgedEvents)
        let views = Double(report.pageCounts?.pageviews ?? 0)
        await note(
            situation,
            "hourglass, durable",
            round: round,
            [
                .eventsPerSecond: hits / report.seconds,
                .pageviewsPerSecond: views / report.seconds,
                .p50: report.milliseconds(0.5),
                .p99: report.milliseconds(0.99),
                .eventsPerCPUSecond: hits / max(0.001, usage.processorSeconds - before.processorSeconds),
                .residentMegabytes: usage.residentMegabytes,
                .errors: Double(report.unsettledHits),
            ]
        )
    }

    /// Measures the disk space of hits in rows and, on TimescaleDB, in the columnstore; dictionaries apart.
    private func measureSize(_ hourglass: Hourglass) async throws {
        let key = try await addSite(hourglass)
        let title = "\(stored / 1_000) k hits of 24 hours"
        await begin("\(title): filling", seconds: fillingSeconds(events: stored))
        var options = options(hourglass, key, seed: 1)
        options.connections = 4
        options.bulkSize = 1_000
        options.events = stored
        _ = try await LoadRun(options).run { _ in }
        try await hourglass.withConnection { connection in
            try await connection.run("VACUUM (ANALYZE) hourglass.hit")
            let count = try await connection.execute(HitCount()).first ?? 1
            func note(_ bytes: Int, _ contender: String) async {
                await self.note(title, contender, round: 1, [.bytesPerEvent: Double(bytes) / Double(max(1, count))])
            }
            await note(try await hitSize(connection), "hits and their index")
            await note(try await connection.execute(DictionarySize()).first ?? 0, "dictionaries, persons and aliases")
            await note(try await connection.execute(IDSize()).first ?? 0, "ids of 48 hours")
            guard flavour == .timescaledb else { return }
            try await connection.run(
                "SELECT compress_chunk(chunk, if_not_compressed => true) FROM show_chunks('hourglass.hit') AS chunk"
            )
            await note(try await hitSize(connection), "hits in columnstore")
        }
    }

    private func hitSize(_ connection: Connection) async throws -> Int {
        let sizes =
            flavour == .timescaledb
            ? try await connection.execute(ChunkSize()) : try await connection.execute(PartitionSize())
        return sizes.first ?? 0
    }
}

/// The number of stored hits.
private struct HitCount: Statement {
    static let sql = "SELECT count(*) FROM hourglass.hit"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}

/// The bytes of the hits and of their index, in partitions.
private struct PartitionSize: Statement {
    static let sql = "SELECT sum(pg_total_relation_size(relid))::bigint FROM pg_partition_tree('hourglass.hit')"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}

/// The bytes of the hits and of their index, in a hypertable.
private struct ChunkSize: Statement {
    static let sql = "SELECT hypertable_size('hourglass.hit')"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}

/// The bytes of what hits share.
private struct DictionarySize: Statement {
    static let sql = """
        SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relnamespace = 'hourglass'::regnamespace \
        AND relname IN ('name', 'host', 'path', 'title', 'place', 'agent', 'origin', 'person', 'alias')
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}

/// The bytes of the ids by which repeated hits are recognized.
private struct IDSize: Statement {
    static let sql = """
        SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relnamespace = 'hourglass'::regnamespace \
        AND relname ~ '^hit_id_[0-9]$'
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
