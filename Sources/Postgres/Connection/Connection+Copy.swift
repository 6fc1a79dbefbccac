import CPostgres

extension Connection {
    /// Copies rows into a table, in binary, as one transaction and one round trip.
    ///
    /// `script` runs before the COPY and belongs to the same transaction; its rows come to `body` as text. `body` is
    /// not async, so nothing can come between on this connection. When it throws, the server keeps nothing.
    ///
    /// - Returns: How many rows have been committed. The rows count only when this returns.
    package func copy(
        after script: String = "",
        into table: String,
        columns: [String],
        _ body: (_ answers: [[String?]], inout CopyWriter) throws -> Void
    ) throws -> Int {
        try begin("\(script) COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN (FORMAT binary)")
        let answers = try readUntilCopy()
        var writer = CopyWriter(try raw(), columns: columns.count)
        do {
            try body(answers, &writer)
            try writer.finish()
        } catch {
            writer.abort()
            // The server reports the abort itself as an error; the reason for it is the one that tells.
            _ = try? finish()
            throw (error as? PostgresError).map(lost) ?? error
        }
        return try finish()
    }

    /// Reads the rows of what stands before the COPY.
    ///
    /// An error there ends the whole script.
    private func readUntilCopy() throws(PostgresError) -> [[String?]] {
        var rows: [[String?]] = []
        while true {
            let result: QueryResult
            do throws(PostgresError) {
                result = try checked(try next())
            } catch {
                if !error.state.isConnectionLoss { _ = try? finish() }
                throw error
            }
            if result.status == PGRES_COPY_IN { return rows }
            rows += result.textRows()
        }
    }
}
