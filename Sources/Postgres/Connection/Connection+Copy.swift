import CPostgres

extension Connection {
    /// Copies rows into a table, in binary, as one transaction and one round trip.
    ///
    /// `script` runs before the COPY in the same transaction; `body` gets its rows as text. `body` is not async, so no
    /// other call can use the connection meanwhile. When it throws, nothing is committed.
    ///
    /// - Returns: The number of rows, which are committed when this returns.
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
            // The server answers the abort with an error too; the one that caused it is more useful.
            _ = try? finish()
            throw (error as? PostgresError).map(lost) ?? error
        }
        return try finish()
    }

    /// Reads the rows of the script before the COPY; an error in it ends the transaction.
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
