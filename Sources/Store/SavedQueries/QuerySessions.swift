package import Analytics
package import Postgres

/// Asks people's own questions over connections of the login `hourglass_query`, which sees one site at a time.
///
/// A question is one statement in a read-only transaction, which is rolled back; afterwards the session forgets
/// everything, so that no statement finds what another one has left. The settings of the transaction are no wall, since a
/// statement may change some: what it may see and do follows from the rights of the login and from the signed site.
package final class QuerySessions: Sendable {
    /// The most rows and bytes of an answer.
    package static let limit = RowLimit(rows: 10_000, bytes: 16 << 20)
    /// The most questions that wait for others.
    private static let waiters = 8

    private let pool: Pool
    let signing: Pool
    private let limit: RowLimit
    /// The longest time of a statement, in seconds, after which the database ends it.
    private let longest: Int
    /// The time after which a statement is cancelled that the database has not ended.
    private var deadline: Duration { .seconds(longest + 1) }

    /// - Parameters:
    ///   - url: A connection URI or keyword string of libpq, for the login `hourglass_query`.
    ///   - store: The store of the same database, which signs sites.
    ///   - limit: The most rows and bytes of an answer.
    ///   - longest: The longest time of a statement, in seconds.
    package init(url: String, store: PostgresStore, limit: RowLimit = QuerySessions.limit, longest: Int = 10) {
        let size = store.configuration.connections(for: .querying)
        pool = Pool(url: url, setup: ConnectionPurpose.querying.setup, size: size, waiters: Self.waiters)
        signing = store.read
        self.limit = limit
        self.longest = longest
    }

    package func close() { pool.close() }

    /// Ends connections whose call has had no answer for too long.
    func hangUp() { pool.endStalledCalls(after: deadline * 2) }

    /// Asks a question.
    ///
    /// - Parameter question: The question.
    /// - Returns: The answer, up to the limit.
    /// - Throws: A `SQLFault` of the question, or a `QueryError`
    package func ask(_ question: SavedQueries.Question) async throws -> QueryTable {
        let deadline = deadline
        do {
            return try await withThrowingTaskGroup { group in
                group.addTask { try await self.pool.withConnection { try await self.answer(question, over: $0) } }
                group.addTask {
                    try await Task.sleep(for: deadline)
                    throw QueryError.tooSlow
                }
                defer { group.cancelAll() }
                guard let table = try await group.next() else { throw CancellationError() }
                return table
            }
        } catch let error as PostgresError where error.isOfStatement {
            throw SQLFault(error, in: question.prepared)
        } catch {
            throw DatabaseFailure(error)?.queryError ?? error
        }
    }

    private func answer(_ question: SavedQueries.Question, over connection: Connection) async throws -> QueryTable {
        let session = try await session(of: connection)
        let signed = try await signing.withConnection {
            try await $0.execute(SignSite(site: question.site, session: session)).first
        }
        var parameters = Parameters()
        for value in question.values { try parameters.append(text: value) }
        let query = PostgresQuery(question.prepared.sql, parameters)
        let result: Result<QueryTable, any Error>
        do {
            try await connection.run(beginning(signed ?? ""))
            result = .success(try await read(query, over: connection))
        } catch {
            result = .failure(error)
        }
        await forget(connection)
        return try result.get()
    }

    private func read(_ query: PostgresQuery, over connection: Connection) async throws -> QueryTable {
        let start = ContinuousClock.now
        let table = try await connection.table(query, limit: limit)
        return QueryTable(
            columns: table.columns.map(QueryTable.Column.init),
            rows: table.rows.map { $0.map(QueryTable.Value.init) },
            isTruncated: table.isTruncated,
            duration: start.duration(to: .now)
        )
    }

    /// The process id of a session, whose login has to be the one without any power.
    private func session(of connection: Connection) async throws -> Int32 {
        let row = try await connection.values(Self.login).first ?? []
        guard row.count == 2, row[1] == "t", let id = row[0].flatMap({ Int32($0) }) else {
            throw QueryError.unavailable(
                reason:
                    "SQL is run by the login hourglass_query alone, without membership in any role and without rights "
                    + "beyond those that the migration gives it"
            )
        }
        return id
    }

    private static let login = """
        SELECT pg_backend_pid(), rolname = 'hourglass_query' AND NOT rolsuper AND NOT rolcreaterole AND NOT rolcreatedb \
        AND NOT rolreplication AND NOT rolbypassrls \
        AND NOT EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid) \
        FROM pg_roles WHERE rolname = session_user
        """

    /// The beginning of the transaction.
    ///
    /// Everything is set here, as the session forgets what was set before. `public` has the functions of TimescaleDB.
    func beginning(_ signed: String) -> String {
        """
        BEGIN READ ONLY; SET LOCAL hourglass.site = '\(signed)'; SET LOCAL search_path = hourglass_query, public; \
        SET LOCAL statement_timeout = '\(longest)s'; SET LOCAL lock_timeout = '2s'; SET LOCAL jit = off; \
        SET LOCAL work_mem = '32MB'; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL timezone = 'UTC'; \
        SET LOCAL datestyle = ISO; SET LOCAL intervalstyle = postgres; SET LOCAL bytea_output = hex; \
        SET LOCAL extra_float_digits = 1
        """
    }

    /// Ends the transaction, and takes everything from the session that a statement may have left there.
    private func forget(_ connection: Connection) async {
        do {
            try await connection.run("ROLLBACK")
            try await connection.run("DISCARD ALL")
        } catch {
            // Nobody may get a session that remembers.
            await connection.close()
        }
    }
}

extension PostgresError {
    /// True if the statement is wrong, and neither the connection nor the server.
    fileprivate var isOfStatement: Bool {
        if state == "53400" || state == "0A000" { return true }
        return state != .queryCanceled && !["", "08", "53", "55", "57", "58", "XX"].contains(state.category)
    }
}

extension SQLFault {
    fileprivate init(_ error: PostgresError, in prepared: SQLStatement.Prepared) {
        self.init(
            error.message,
            detail: error.detail,
            hint: error.hint,
            position: error.position.flatMap(prepared.position)
        )
    }
}
