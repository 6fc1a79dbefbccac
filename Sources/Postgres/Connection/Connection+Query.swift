extension Connection {
    /// Executes a query whose columns are known; cancelling the task cancels it in the server.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - decode: The reading of a row, whose values are in binary format.
    /// - Returns: What `decode` has made of the rows.
    /// - Throws: The error of the server or of `decode`.
    package func execute<R: Sendable>(
        _ query: PostgresQuery,
        _ decode: @Sendable (borrowing StreamedRow) throws -> R
    ) async throws -> [R] {
        try await cancellable { try perform(query, decode) }
    }

    /// Executes a query synchronously, so that no other call comes between the statements of a transaction.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - decode: The reading of a row, whose values are in binary format.
    /// - Returns: What `decode` has made of the rows.
    /// - Throws: The error of the server or of `decode`.
    package func perform<R>(
        _ query: PostgresQuery,
        _ decode: (borrowing StreamedRow) throws -> R
    ) throws -> [R] {
        var stream = RowStream(try raw(), limit: .none)
        let result = Result { () throws -> [R] in
            try stream.open(query, as: .binary)
            var rows: [R] = []
            while let row = try stream.read() { rows.append(try decode(row)) }
            return rows
        }
        drain(&stream)
        return try result.get()
    }

    /// Executes a query whose columns are unknown, and returns as many of its rows as a limit lets through.
    ///
    /// See `stream` for what happens at the limit.
    package func table(_ query: PostgresQuery, limit: RowLimit) async throws -> PostgresTable {
        try await stream(query, limit: limit) { stream in
            var rows: [[PostgresValue]] = []
            while let row = try stream.next() { rows.append(try row.values()) }
            return PostgresTable(columns: stream.columns, rows: rows, isTruncated: stream.isTruncated)
        }
    }

    /// Executes a query, and lends its rows one by one for the duration of `body`.
    ///
    /// Cancels the query in the server and drops the rest if `body` returns before the end, at the limit or otherwise, or
    /// if the task is cancelled. An open transaction fails with it, and a statement that writes may have been
    /// completed or undone. `body` may wait, and the server waits with it, up to its `statement_timeout`. Other calls on
    /// the connection are refused meanwhile.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - limit: The most rows and bytes that `body` gets.
    ///   - format: The form of the values.
    ///   - body: The reading of the rows.
    /// - Returns: The result of `body`.
    /// - Throws: The error of `body`, or the error that has ended the rows even if `body` has dropped it.
    package func stream<R: Sendable>(
        _ query: PostgresQuery,
        limit: RowLimit,
        as format: ResultFormat = .text,
        _ body: @Sendable (inout RowStream) async throws -> R
    ) async throws -> R {
        try Task.checkCancellation()
        let session = try takeSession()
        let raw = session.handle.raw
        let cancellation = session.cancellation
        let ticket = cancellation.begin()
        let result = await withTaskCancellationHandler {
            await rows(of: query, limit: limit, as: format, over: raw, (cancellation, ticket), body)
        } onCancel: {
            cancellation.cancel(ticket)
        }
        giveBack(session)
        return try result.get()
    }

    /// Sends a query, and lends its rows.
    ///
    /// A method of the actor, so that `body` waits for rows on the thread of the connection: a closure that does not
    /// capture the actor runs on threads that tasks share.
    private func rows<R: Sendable>(
        of query: PostgresQuery,
        limit: RowLimit,
        as format: ResultFormat,
        over raw: OpaquePointer,
        _ running: (cancellation: Cancellation, ticket: Int),
        _ body: @Sendable (inout RowStream) async throws -> R
    ) async -> Result<R, any Error> {
        var stream = RowStream(raw, limit: limit)
        let result: Result<R, any Error>
        do {
            try stream.open(query, as: format)
            let value = try await body(&stream)
            result = stream.failure.map { .failure($0) } ?? .success(value)
        } catch {
            result = .failure(error)
        }
        if stream.isRunning { running.cancellation.cancel(running.ticket) }
        drain(&stream)
        running.cancellation.end()
        return result
    }

    /// Makes the connection usable again after a stream, unless it is lost.
    private func drain(_ stream: inout RowStream) {
        let loss = stream.drain()
        if let error = loss ?? stream.failure as? PostgresError { _ = lost(error) }
    }
}
