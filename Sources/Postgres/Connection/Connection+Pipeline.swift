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
        let raw = try raw()
        guard PQenterPipelineMode(raw) == 1 else { throw lost(PostgresError(connection: raw)) }
        // Fails only for a lost connection, which is not used again.
        defer { PQexitPipelineMode(raw) }
        try send(first, as: names.0)
        try send(second, as: names.1)
        guard PQpipelineSync(raw) == 1 else { throw lost(PostgresError(connection: raw)) }
        var rows: (first: [First.Row], second: [Second.Row]) = ([], [])
        try readPipeline { place, result in
            if place == 0 {
                rows.first += try result.rows(of: First.self)
            } else {
                rows.second += try result.rows(of: Second.self)
            }
        }
        return rows
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
    private func readPipeline(_ read: (_ place: Int, borrowing QueryResult) throws -> Void) throws {
        var failure: (any Error)?
        var place = 0
        while true {
            guard let result = try next() else {
                // Nil follows the results of each statement; a third one means that libpq has lost the connection.
                guard place < 3 else { throw lost(PostgresError(connection: try raw())) }
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
