import CPostgres
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// One connection to PostgreSQL, on a thread of its own.
///
/// Calls block that thread only. After an error whose `SQLState.isConnectionLoss` is true the connection cannot be used
/// again; releasing the last reference closes it.
package actor Connection {
    nonisolated let executor: ThreadExecutor
    private var handle: Handle?
    private var cancellation: Cancellation?
    private nonisolated let socketShutdown = Mutex<SocketShutdown?>(nil)
    /// Names of the prepared statements, by their types.
    private var prepared: [ObjectIdentifier: String] = [:]
    private(set) var isLost = false
    /// True while a stream has the session; closing the connection meanwhile makes it false.
    private var isStreaming = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private init(on executor: ThreadExecutor) {
        self.executor = executor
    }

    /// Connects and runs `setup`.
    ///
    /// - Parameters:
    ///   - url: A connection URI or keyword string of libpq.
    ///   - setup: Statements such as `SET ROLE …`, for the session.
    ///   - executor: The connection's thread.
    /// - Returns: The connection, which closes with its last reference.
    /// - Throws: A `PostgresError` without SQLSTATE when the server cannot be reached.
    package static func open(
        _ url: String,
        setup: String = "",
        on executor: ThreadExecutor = ThreadExecutor()
    ) async throws -> Connection {
        let connection = Connection(on: executor)
        try await connection.connect(url, setup: setup)
        return connection
    }

    /// Opens a connection for the duration of `body`, then closes it.
    package static func with<R>(
        _ url: String,
        setup: String = "",
        _ body: (Connection) async throws -> sending R
    ) async throws -> sending R {
        let connection = try await open(url, setup: setup)
        do {
            let result = try await body(connection)
            await connection.close()
            return result
        } catch {
            await connection.close()
            throw error
        }
    }

    /// True if the connection may be lent again: it is not lost, and not in a transaction.
    package var isUsable: Bool {
        guard !isLost, let raw = handle?.raw else { return false }
        return PQstatus(raw) == CONNECTION_OK && PQtransactionStatus(raw) == PQTRANS_IDLE
    }

    /// True if the socket shows, without waiting, that the server has ended the session.
    ///
    /// The server's FATAL message may arrive some time before the end of the stream.
    var hasEnded: Bool {
        guard let raw = handle?.raw else { return true }
        for _ in 0..<Self.mostMessages {
            var socket = pollfd(fd: PQsocket(raw), events: Int16(POLLIN), revents: 0)
            guard poll(&socket, 1, 0) > 0 else { return false }
            guard PQconsumeInput(raw) == 1, PQstatus(raw) == CONNECTION_OK else { return true }
            // Makes libpq parse what it has read; notifications themselves are not used.
            PQfreemem(PQnotifies(raw))
            if handle?.isEnding == true { return true }
        }
        return false
    }

    package func close() {
        cancellation = nil
        handle = nil
        isStreaming = false
        socketShutdown.withLock { $0 = nil }
    }

    /// Shuts the socket down if the connection's thread has been blocked in one call for longer than a limit.
    nonisolated func endStalledCall(after limit: Duration) {
        guard let time = executor.busyTime, time > limit else { return }
        socketShutdown.withLock { $0?.shutDown() }
    }

    /// Runs a script of any number of statements without parameters, and discards its rows.
    package func run(_ script: String) throws(PostgresError) {
        try begin(script)
        try finish()
    }

    /// Runs a script of any number of statements without parameters and without preparing them.
    ///
    /// - Returns: The rows of all statements, with values as text.
    package func values(_ script: String) throws(PostgresError) -> [[String?]] {
        try begin(script)
        var rows: [[String?]] = []
        try finish { rows += $0.textRows() }
        return rows
    }

    /// Executes a statement and returns its rows.
    ///
    /// Cancelling the task cancels the statement in the server.
    package func execute<S: Statement>(_ statement: S) async throws -> [S.Row] {
        try Task.checkCancellation()
        guard let cancellation else { throw unavailable }
        let ticket = cancellation.begin()
        defer { cancellation.end() }
        return try await withTaskCancellationHandler {
            try perform(statement)
        } onCancel: {
            cancellation.cancel(ticket)
        }
    }

    /// Executes a statement synchronously, so that no other call comes between the statements of a transaction.
    package func perform<S: Statement>(_ statement: S) throws -> [S.Row] {
        let name = try prepare(S.self)
        let raw = try raw()
        let result = statement.parameters.withUnsafeArrays { count, values, lengths, formats in
            PQexecPrepared(raw, name, count, values, lengths, formats, 1)
        }
        return try checked(QueryResult(result)).rows(of: S.self)
    }

    /// Runs `body` between BEGIN and COMMIT, in one turn of the actor.
    ///
    /// An error rolls everything back.
    package func transaction<R>(_ body: @Sendable (isolated Connection) throws -> sending R) throws -> sending R {
        try run("BEGIN")
        do {
            let result = try body(self)
            // COMMIT of a failed transaction rolls back without reporting an error.
            if PQtransactionStatus(try raw()) == PQTRANS_INERROR {
                throw PostgresError(state: .inFailedTransaction, message: "a statement of the transaction failed")
            }
            try run("COMMIT")
            return result
        } catch {
            // If the connection is lost the server rolls back by itself; the first error is the one to report.
            try? run("ROLLBACK")
            throw error
        }
    }

    /// Runs `body` in a transaction that is rolled back, in one turn of the actor.
    ///
    /// Deferred constraints are checked too.
    package func rehearse(_ body: @Sendable (isolated Connection) throws -> Void) throws {
        try run("BEGIN")
        do {
            try body(self)
            try run("SET CONSTRAINTS ALL IMMEDIATE")
        } catch {
            // If the connection is lost the server rolls back by itself; the first error is the one to report.
            try? run("ROLLBACK")
            throw error
        }
        try run("ROLLBACK")
    }

    private func connect(_ url: String, setup: String) throws {
        let handle = try Handle(Self.limits + Self.parameters(of: url) + [("client_encoding", "UTF8")])
        cancellation = Cancellation(handle)
        let shutdown = SocketShutdown(handle)
        socketShutdown.withLock { $0 = shutdown }
        self.handle = consume handle
        try run(
            "SET synchronous_commit = on; SET timezone = 'UTC'; SET statement_timeout = '60s';" + Self.formats + setup
        )
    }

    /// Settings by which values are written as text; a server or role may have others.
    private static let formats =
        "SET datestyle = ISO; SET intervalstyle = postgres; SET bytea_output = hex; SET extra_float_digits = 1;"

    /// Parses the string here: libpq's own error message would quote parts of it, possibly the password.
    private static func parameters(of url: String) throws(PostgresError) -> [(keyword: String, value: String)] {
        do throws(ConnectionParameters.Malformed) {
            return try ConnectionParameters(parsing: url).pairs
        } catch {
            throw PostgresError(error)
        }
    }

    /// The most unsolicited messages (such as changed settings) to read before the session is taken to be alive.
    private static let mostMessages = 4

    /// Connection parameters that limit every wait, since a thread blocked in libpq cannot time out by itself.
    ///
    /// A server that vanished is noticed within ten seconds: by `tcp_user_timeout` while sent data is unacknowledged, by
    /// the second keepalive probe otherwise. They come before those of the URL, which may override them.
    private static let limits = [
        ("fallback_application_name", "hourglass"), ("connect_timeout", "5"), ("tcp_user_timeout", "10000"),
        ("keepalives_idle", "5"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
        // A standby cannot store events, and its answers may lag behind acknowledged ones.
        ("target_session_attrs", "read-write"),
    ].map { (keyword: $0.0, value: $0.1) }
}

// Shared by the extensions of `Connection` in this module.
extension Connection {
    func raw() throws(PostgresError) -> OpaquePointer {
        guard let raw = handle?.raw else { throw unavailable }
        return raw
    }

    private var unavailable: PostgresError { isStreaming ? .streaming : .closed }

    /// Takes the session away for the duration of a stream: any other call would drop the rows that are on their way.
    func takeSession() throws(PostgresError) -> Session {
        guard let cancellation, let handle = handle.take() else { throw unavailable }
        self.cancellation = nil
        isStreaming = true
        return Session(handle: handle, cancellation: cancellation)
    }

    /// Takes the session back after a stream; ends it if the connection was closed meanwhile.
    func giveBack(_ session: consuming Session) {
        guard isStreaming else { return }
        isStreaming = false
        cancellation = session.cancellation
        let handle = session.handle
        self.handle = consume handle
    }

    /// Runs `body` so that cancelling the task cancels what it runs in the server.
    func cancellable<R>(_ body: () throws -> R) async throws -> R {
        try Task.checkCancellation()
        guard let cancellation else { throw unavailable }
        let ticket = cancellation.begin()
        defer { cancellation.end() }
        return try await withTaskCancellationHandler(operation: body) { cancellation.cancel(ticket) }
    }

    /// The name of a statement, prepared on first use.
    func prepare<S: Statement>(_: S.Type) throws(PostgresError) -> String {
        let type = ObjectIdentifier(S.self)
        if let name = prepared[type] { return name }
        let name = "s\(prepared.count)"
        _ = try checked(QueryResult(PQprepare(try raw(), name, S.sql, 0, nil)))
        prepared[type] = name
        return name
    }

    /// Sends a script; its results have to be read afterwards.
    func begin(_ script: String) throws(PostgresError) {
        let raw = try raw()
        guard PQsendQuery(raw, script) == 1 else { throw lost(PostgresError(connection: raw)) }
    }

    /// The next result of the script; nil after the last one.
    func next() throws(PostgresError) -> QueryResult? {
        QueryResult(PQgetResult(try raw()))
    }

    /// Reads all results of the script.
    ///
    /// - Parameter read: Is lent each answer that is no error.
    /// - Returns: The number of rows that the last command wrote.
    /// - Throws: The first error, once all results are read or the connection is lost.
    @discardableResult
    func finish(_ read: (borrowing QueryResult) -> Void = { _ in }) throws(PostgresError) -> Int {
        var failure: PostgresError?
        var affectedRows = 0
        while let result = try next() {
            // A COPY FROM STDIN in a script gets no rows here; without this the server would wait for ever.
            if result.status == PGRES_COPY_IN { PQputCopyEnd(try raw(), "no rows are sent") }
            do throws(PostgresError) {
                let result = try checked(result)
                read(result)
                affectedRows = result.affectedRows
            } catch {
                failure = failure ?? error
                // A lost connection would return the same error for ever.
                if isLost { break }
            }
        }
        if let failure { throw failure }
        return affectedRows
    }

    /// Returns the result, or throws it if it is an error.
    func checked(_ result: consuming QueryResult?) throws(PostgresError) -> QueryResult {
        guard let result else { throw lost(PostgresError(connection: try raw())) }
        switch result.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY, PGRES_COPY_IN: return result
        default: throw lost(PostgresError(result))
        }
    }

    /// Notes that the connection is lost if the error says so; returns the error.
    func lost(_ error: PostgresError) -> PostgresError {
        if error.state.isConnectionLoss { isLost = true }
        return error
    }
}
