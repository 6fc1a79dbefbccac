import Postgres

/// The settings and the state of a database server, as far as they matter to a server of ours.
package struct DatabaseFacts: Sendable {
    /// The version of PostgreSQL, such as 150004.
    package var version = 0
    /// The time by the database's clock, in seconds since 1970.
    package var clock = 0.0
    package var fsync = true
    package var fullPageWrites = true
    package var autovacuum = true
    /// Bytes.
    package var sharedBuffers = 0
    package var locksPerTransaction = 64
    /// The version of TimescaleDB in the database; nil without it.
    package var timescale: String?
    /// The version of TimescaleDB that is installed on the machine; nil without it.
    package var availableTimescale: String?
    /// The connections that the login may have at the same time.
    package var allowance = 0
    /// The table with the most dead rows, if they are too many; nil for none.
    package var bloated: BloatedTable?
    /// The sites that keep hits or events for too long; nil if that cannot be asked, as before the first migration.
    package var overdue: OverdueHits?

    /// Asks a database.
    ///
    /// - Parameter url: A connection URI or keyword string of libpq.
    /// - Returns: The facts.
    /// - Throws: `QueryError` if the database cannot be asked.
    package static func read(from url: String) async throws -> DatabaseFacts {
        let pool = Pool(url: url, size: 1)
        defer { pool.close() }
        do {
            return try await pool.withConnection { connection in
                var facts = try await connection.execute(AskFacts()).first ?? DatabaseFacts()
                facts.allowance = try await connection.execute(ConnectionAllowance()).first ?? 0
                facts.bloated = try await connection.execute(MostBloatedTable()).first
                facts.overdue = try? await overdue(connection)
                return facts
            }
        } catch {
            throw DatabaseFailure(error)?.queryError ?? error
        }
    }

    package init() {}

    /// Asks as the role that reads, and for as long as a report may take.
    private static func overdue(_ connection: Connection) async throws -> OverdueHits? {
        try await connection.run(ConnectionPurpose.listing.setup)
        return try await connection.execute(AskOverdueHits()).first
    }
}

/// Asks for the settings of a database server that any login may read.
private struct AskFacts: Statement {
    static let sql = """
        SELECT current_setting('server_version_num')::integer, extract(epoch FROM clock_timestamp())::double precision,
               current_setting('fsync')::boolean, current_setting('full_page_writes')::boolean,
               current_setting('autovacuum')::boolean, pg_size_bytes(current_setting('shared_buffers')),
               current_setting('max_locks_per_transaction')::integer,
               (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'),
               (SELECT default_version FROM pg_available_extensions WHERE name = 'timescaledb')
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> DatabaseFacts {
        var facts = DatabaseFacts()
        (
            facts.version, facts.clock, facts.fsync, facts.fullPageWrites, facts.autovacuum, facts.sharedBuffers,
            facts.locksPerTransaction, facts.timescale, facts.availableTimescale
        ) = try row.decode((Int, Double, Bool, Bool, Bool, Int, Int, String?, String?).self)
        return facts
    }
}
