import CPostgres

/// The rows of a query, received one by one.
///
/// Nothing is held but the row that was read last and what the socket has brought of the next, so a result of any size
/// takes little memory.
package struct RowStream: ~Copyable {
    private enum State {
        case idle
        case open
        case complete
        case truncated
        case failed(any Error)
    }

    /// The columns, from left to right; none for a command that returns no rows.
    package private(set) var columns: [PostgresColumn] = []
    private let connection: OpaquePointer
    private var limit: RowLimit
    private var state = State.idle
    /// The first row, which was read for its columns.
    private var first: StreamedRow?

    init(_ connection: OpaquePointer, limit: RowLimit) {
        self.connection = connection
        self.limit = limit
    }

    /// True if there are more rows than the limit lets through; known once `next` has returned nil.
    package var isTruncated: Bool { if case .truncated = state { true } else { false } }

    /// The error that has ended the rows.
    var failure: (any Error)? { if case .failed(let error) = state { error } else { nil } }

    /// True if the server may still be sending rows.
    var isRunning: Bool {
        switch state {
        case .open, .truncated, .failed: true
        case .idle, .complete: false
        }
    }

    /// Sends a query, and waits for the description of its columns.
    mutating func open(_ query: PostgresQuery, as format: ResultFormat) throws(PostgresError) {
        try query.check()
        let sent = query.parameters.withUnsafeArrays { count, values, lengths, formats in
            PQsendQueryParams(connection, query.sql, count, nil, values, lengths, formats, format.rawValue)
        }
        guard sent == 1, PQsetSingleRowMode(connection) == 1 else {
            throw failed(PostgresError(connection: connection))
        }
        state = .open
        first = try receive()
    }

    /// Reads the next row; nil after the last, and after the last that the limit lets through.
    ///
    /// - Throws: The error with which the server has ended the query, also after any number of rows; an error of
    ///   cancellation if the task is cancelled.
    package mutating func next() throws -> StreamedRow? {
        if let failure { throw failure }
        if Task.isCancelled { throw failed(CancellationError()) }
        return try read()
    }

    /// Reads the next row even if the task is cancelled.
    mutating func read() throws(PostgresError) -> StreamedRow? {
        guard case .open = state else { return nil }
        if let row = first.take() { return admitted(row) }
        guard let row = try receive() else { return nil }
        return admitted(row)
    }

    /// Counts a row; nil if the limit does not let it through.
    private mutating func admitted(_ row: consuming StreamedRow) -> StreamedRow? {
        guard let rest = limit.reduced(byRowOf: row.size) else {
            state = .truncated
            return nil
        }
        limit = rest
        return row
    }

    /// Waits for the next row; nil if the result is complete.
    private mutating func receive() throws(PostgresError) -> StreamedRow? {
        guard let result = QueryResult(PQgetResult(connection)) else {
            throw failed(PostgresError(connection: connection))
        }
        if columns.isEmpty { columns = result.columns }
        if result.status != PGRES_SINGLE_TUPLE {
            try end(with: result)
            return nil
        }
        return StreamedRow(result)
    }

    private mutating func end(with result: borrowing QueryResult) throws(PostgresError) {
        switch result.status {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: state = .complete
        case PGRES_COPY_IN, PGRES_COPY_OUT: throw failed(.copyInQuery)
        default: throw failed(PostgresError(result))
        }
    }

    /// Reads and drops what is left of the result, after which the connection can be used again.
    ///
    /// - Returns: The error of a connection that is lost meanwhile. Any other error concerns rows that nobody waits for.
    mutating func drain() -> PostgresError? {
        while let result = QueryResult(PQgetResult(connection)) {
            switch result.status {
            case PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: continue
            case PGRES_COPY_IN: PQputCopyEnd(connection, PostgresError.copyInQuery.message)
            case PGRES_COPY_OUT: dropCopiedRows()
            default:
                let error = PostgresError(result)
                // A lost connection would return the same error for ever.
                if error.state.isConnectionLoss { return error }
            }
        }
        return nil
    }

    private func dropCopiedRows() {
        var row: UnsafeMutablePointer<CChar>?
        while PQgetCopyData(connection, &row, 0) > 0 { PQfreemem(row) }
    }

    private mutating func failed<Failure: Error>(_ error: Failure) -> Failure {
        state = .failed(error)
        return error
    }
}

extension PostgresError {
    /// The error for a COPY, which has no rows that a query could return.
    fileprivate static let copyInQuery = PostgresError(state: .queryCanceled, message: "COPY cannot be run as a query")
}
