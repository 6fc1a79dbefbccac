import Load
import Postgres
import Schema
import Store

/// The disk space of an event.
struct StorageSection: Section {
    static let name = SectionName.storage

    let session: Session
    let flavour: Flavour

    var expectedSeconds: Double { sizes.map { fillingSeconds(events: Int($0 * 1e6)) }.reduce(0, +) }

    /// The sizes to measure; larger ones give the same result.
    private var sizes: [Double] {
        let small = plan.sizes.filter { $0 <= 5 }
        return small.isEmpty ? plan.sizes.min().map { [$0] } ?? [] : small
    }

    func run() async throws {
        for size in sizes {
            try await Hourglass.with(flavour, in: session.directory) { try await measure($0, size: size) }
        }
    }

    private func measure(_ hourglass: Hourglass, size: Double) async throws {
        let title = "\(size.text(digits: size < 1 ? 1 : 0)) M events"
        let filling = Filling(events: Int(size * 1e6), users: plan.users, hours: 25, until: currentSecond)
        await begin("\(title): filling", seconds: fillingSeconds(events: filling.events))
        try await filling.load(into: hourglass)
        try await waitForRefresh(hourglass)
        try await hourglass.withConnection { connection in
            let plain = try await sizes(connection)
            await note(plain.event, filling, title, "events and their index")
            await note(plain.aggregate, filling, title, "aggregates")
            guard flavour == .timescaledb else { return }
            try await compress(connection)
            await note(try await sizes(connection).event, filling, title, "events in columnstore")
        }
    }

    private func note(_ bytes: Int, _ filling: Filling, _ title: String, _ contender: String) async {
        await note(title, contender, round: 1, [.bytesPerEvent: Double(bytes) / Double(filling.events)])
    }

    private func sizes(_ connection: Connection) async throws -> (event: Int, aggregate: Int) {
        let rows =
            flavour == .timescaledb
            ? try await connection.execute(ChunkSizes()) : try await connection.execute(PartitionSizes())
        guard let row = rows.first else { throw PostgresDecodingError(reason: "no sizes") }
        return row
    }

    /// Compresses every chunk, with the compression settings of the table if it has any.
    private func compress(_ connection: Connection) async throws {
        if try await connection.execute(HasColumnstore()).first != true {
            try await connection.run(
                """
                ALTER TABLE hourglass.event SET (timescaledb.enable_columnstore, \
                timescaledb.segmentby = 'site_id', timescaledb.orderby = 'ts')
                """
            )
        }
        try await connection.run(
            "SELECT compress_chunk(chunk, if_not_compressed => true) FROM show_chunks('hourglass.event') AS chunk"
        )
    }
}

/// The bytes of the events, and of all aggregates.
private struct PartitionSizes: Statement {
    static let sql = """
        SELECT (SELECT sum(pg_total_relation_size(relid))::bigint FROM pg_partition_tree('hourglass.event')), \
        coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class \
        WHERE relnamespace = 'hourglass'::regnamespace AND relkind = 'r' \
        AND relname NOT IN \(bookkeeping) AND oid NOT IN (SELECT relid FROM pg_partition_tree('hourglass.event'))
        """
    /// The tables whose size does not depend on the number of events.
    static let bookkeeping = """
        ('site', 'open_hour', 'touched_hour', 'batch', 'idempotency_key', 'schema_migration')
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> (event: Int, aggregate: Int) {
        let (event, aggregate) = try row.decode((Int, Int).self)
        return (event, aggregate)
    }
}

/// The bytes of the events, and of all aggregates, in hypertables.
private struct ChunkSizes: Statement {
    static let sql = """
        SELECT hypertable_size('hourglass.event'), \
        ((SELECT coalesce(sum(hypertable_size(format('%I.%I', materialization_hypertable_schema, \
        materialization_hypertable_name)::regclass)), 0) FROM timescaledb_information.continuous_aggregates) \
        + coalesce(sum(pg_total_relation_size(oid)), 0))::bigint FROM pg_class \
        WHERE relnamespace = 'hourglass'::regnamespace AND relkind = 'r' \
        AND relname <> 'event' AND relname NOT IN \(PartitionSizes.bookkeeping)
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> (event: Int, aggregate: Int) {
        try PartitionSizes.decode(row)
    }
}

private struct HasColumnstore: Statement {
    static let sql = """
        SELECT compression_enabled FROM timescaledb_information.hypertables \
        WHERE hypertable_schema = 'hourglass' AND hypertable_name = 'event'
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Bool {
        try row.decode(Bool.self)
    }
}
