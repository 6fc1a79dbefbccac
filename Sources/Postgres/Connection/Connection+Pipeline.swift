import CPostgres

extension Connection {
    /// Executes two statements as one transaction and one round trip.
    ///
    /// The second is sent before the first has answered, so it cannot depend on the answer. An error of either undoes
    /// both.
    package func pipeline<First: Statement, Second: Statement>(
        _ first: First,
        _ second: Second
    ) throws -> (first: [First.Row], second: [Second.Row]) {
        let names = (try prepare(First.self), try prepare(Second.self))
        let raw = try raw()
        guard PQenterPipelineMode(raw) == 1 else { throw lost(PostgresError(connection: raw)) }
        // Only a lost connection stays in the mode.
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

    /// Reads all answers, to the end of the transaction; the first error counts.
    ///
    /// COMMIT has no answer of its own: its error stands before the end.
    private func readPipeline(_ read: (_ place: Int, borrowing QueryResult) throws -> Void) throws {
        var failure: (any Error)?
        var place = 0
        while true {
            guard let result = try next() else {
                // Nil follows the answers of each statement; more would be a libpq that has given up.
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
                // A lost connection gives the same answer for ever.
                if isLost { break }
            }
        }
        if let failure { throw failure }
    }
}
