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
        try copy(after: script, into: [CopyTarget(table: table, columns: columns)]) { answers, _, writer in
            try body(answers, &writer)
        }
    }

    /// Copies rows into several tables, in binary, as one transaction: one round trip, and another one for each table
    /// behind the first.
    ///
    /// - Parameters:
    ///   - script: Statements that run before the first COPY in the same transaction.
    ///   - targets: The tables, in order.
    ///   - body: Writes the rows of the target with an index; gets the rows of the script as text. When it throws,
    ///     nothing is committed.
    /// - Returns: The number of rows of the last table; all rows are committed when this returns.
    /// - Throws: A `PostgresError`, or the error of `body`.
    package func copy(
        after script: String = "",
        into targets: [CopyTarget],
        _ body: (_ answers: [[String?]], _ target: Int, inout CopyWriter) throws -> Void
    ) throws -> Int {
        try begin("\(script) \(targets.map(\.command).joined(separator: "; "))")
        var answers: [[String?]] = []
        for (index, target) in targets.enumerated() {
            answers += try readUntilCopy()
            var writer = CopyWriter(try raw(), columns: target.columns.count)
            do {
                try body(answers, index, &writer)
                try writer.finish()
            } catch {
                writer.abort()
                // The server answers the abort with an error too; the one that caused it is more useful.
                _ = try? finish()
                throw (error as? PostgresError).map(lost) ?? error
            }
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

/// A table and the columns that a COPY fills.
package struct CopyTarget: Sendable {
    package let table: String
    package let columns: [String]

    package init(table: String, columns: [String]) {
        self.table = table
        self.columns = columns
    }

    fileprivate var command: String { "COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN (FORMAT binary)" }
}
