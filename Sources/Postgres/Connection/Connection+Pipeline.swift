import CPostgres

extension Connection {
    /// Executes two statements as one transaction and one round trip.
    ///
    /// The second is sent before the result of the first is known. An error in either rolls both back.
    package func pipeline<First: Statement, Second: Statement>(
        _ first: First,
        _ second: Second
    ) throws -> (first: [First.Row], second: [Second.Row]) {
        let names = (try prepare(First.self), try prepare(Second.self))
        var rows: (first: [First.Row], second: [Second.Row]) = ([], [])
        try inPipeline(of: 2) {
            try send(first, as: names.0)
            try send(second, as: names.1)
        } read: { place, result in
            if place == 0 {
                rows.first += try result.rows(of: First.self)
            } else {
                rows.second += try result.rows(of: Second.self)
            }
        }
        return rows
    }

    /// Executes statements of one kind as one transaction and one round trip; an error in one rolls all back.
    ///
    /// libpq reads results while it waits to send, so that neither side blocks the other, whatever their size.
    ///
    /// - Parameter statements: The statements.
    /// - Returns: The rows of each statement.
    /// - Throws: A `PostgresError` or a `PostgresDecodingError`.
    package func pipeline<S: Statement>(_ statements: [S]) throws -> [[S.Row]] {
        let name = try prepare(S.self)
        var rows = statements.map { _ in [S.Row]() }
        try inPipeline(of: statements.count) {
            for statement in statements { try send(statement, as: name) }
        } read: { place, result in
            rows[place] += try result.rows(of: S.self)
        }
        return rows
    }

    private func inPipeline(
        of count: Int,
        send: () throws -> Void,
        read: (_ place: Int, borrowing QueryResult) throws -> Void
    ) throws {
        let raw = try raw()
        guard PQenterPipelineMode(raw) == 1 else { throw lost(PostgresError(connection: raw)) }
        // Fails only for a lost connection, which is not used again.
        defer { PQexitPipelineMode(raw) }
        try send()
        guard PQpipelineSync(raw) == 1 else { throw lost(PostgresError(connection: raw)) }
        try readPipeline(of: count, read)
    }

    private func send(_ statement: some Statement, as name: String) throws(PostgresError) {
        let raw = try raw()
        let sent = statement.parameters.withUnsafeArrays { count, values, lengths, formats in
            PQsendQueryPrepared(raw, name, count, values, lengths, formats, 1)
        }
        guard sent == 1 else { throw lost(PostgresError(connection: raw)) }
    }

    /// Reads all results to the end of the transaction, and throws the first error.
    ///
    /// COMMIT has no result of its own: its error comes before the sync result.
    private func readPipeline(
        of count: Int,
        _ read: (_ place: Int, borrowing QueryResult) throws -> Void
    ) throws {
        var failure: (any Error)?
        var place = 0
        while true {
            guard let result = try next() else {
                // Nil follows the results of each statement; one more means that libpq has lost the connection.
                guard place <= count else { throw lost(PostgresError(connection: try raw())) }
                place += 1
                continue
            }
            let status = result.status
            if status == PGRES_PIPELINE_ABORTED { continue }
            if status == PGRES_PIPELINE_SYNC { break }
            do {
                let rows = try checked(result)
                try read(place, rows)
            } catch {
                failure = failure ?? error
                // A lost connection would return the same error for ever.
                if isLost { break }
            }
        }
        if let failure { throw failure }
    }
}
