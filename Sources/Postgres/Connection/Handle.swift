import CPostgres
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A connection of libpq, freed with its owner.
///
/// `@unchecked Sendable`: it is created on and used from the one thread of the `Connection` actor that owns it.
/// Another thread only ever sees its `Cancellation`, which libpq allows.
struct Handle: ~Copyable, @unchecked Sendable {
    /// A server that refuses a connection does so within this time; one that is out of reach takes longer, and has
    /// nothing to say.
    private static let quickRefusal: Duration = .seconds(1)

    let raw: OpaquePointer
    /// Written by the notice receiver, which libpq calls on the thread that reads.
    private let hasHeardTheEnd: UnsafeMutablePointer<Bool>

    /// Connects and waits for it; `connect_timeout` of the parameters bounds the wait.
    init(_ parameters: [(keyword: String, value: String)]) throws(PostgresError) {
        var keywords = parameters.map { UnsafePointer(strdup($0.keyword)) }
        var values = parameters.map { UnsafePointer(strdup($0.value)) }
        defer {
            for text in keywords + values { free(UnsafeMutableRawPointer(mutating: text)) }
        }
        keywords.append(nil)
        values.append(nil)
        let start = ContinuousClock.now
        guard let raw = PQconnectdbParams(keywords, values, 0) else { throw PostgresError(connection: nil) }
        if PQstatus(raw) != CONNECTION_OK, start.duration(to: .now) < Self.quickRefusal {
            // libpq has no SQLSTATE for a connection that was refused, except in the words of a verbose report.
            PQsetErrorVerbosity(raw, PQERRORS_VERBOSE)
            PQreset(raw)
            PQsetErrorVerbosity(raw, PQERRORS_DEFAULT)
        }
        guard PQstatus(raw) == CONNECTION_OK else {
            defer { PQfinish(raw) }
            throw PostgresError(connection: raw)
        }
        hasHeardTheEnd = .allocate(capacity: 1)
        hasHeardTheEnd.initialize(to: false)
        // Without a receiver of its own libpq prints notices on standard error. To a session that is idle, the server's last
        // words come as one.
        PQsetNoticeReceiver(
            raw,
            { end, notice in
                let severity = PQresultErrorField(notice, Int32(QueryResult.FieldCode.severity.rawValue))
                guard let severity, ["FATAL", "PANIC"].contains(String(cString: severity)) else { return }
                end?.assumingMemoryBound(to: Bool.self).pointee = true
            },
            hasHeardTheEnd
        )
        self.raw = raw
    }

    deinit {
        PQfinish(raw)
        // Nobody calls the receiver any more.
        hasHeardTheEnd.deallocate()
    }

    /// True if the server has said that it ends the session, in what has been read so far.
    var isEnding: Bool { hasHeardTheEnd.pointee }
}

/// A result of libpq, freed with its owner.
struct QueryResult: ~Copyable {
    /// The fields of an error report.
    ///
    /// `postgres_ext.h` defines them as macros, which Swift does not see.
    enum FieldCode: UInt8 {
        case severity = 0x56  // V, in English whatever the language of the server
        case sqlState = 0x43  // C
        case message = 0x4D  // M
        case detail = 0x44  // D
        case constraint = 0x6E  // n
        case context = 0x57  // W
    }

    let raw: OpaquePointer

    init?(_ raw: OpaquePointer?) {
        guard let raw else { return nil }
        self.raw = raw
    }

    deinit { PQclear(raw) }

    var status: ExecStatusType { PQresultStatus(raw) }
    var rowCount: Int32 { PQntuples(raw) }

    /// How many rows the command wrote; 0 where it does not say.
    var affectedRows: Int { Int(String(cString: PQcmdTuples(raw))) ?? 0 }

    /// A field of the server's report about an error.
    func field(_ code: FieldCode) -> String? {
        PQresultErrorField(raw, Int32(code.rawValue)).map { String(cString: $0) }
    }

    /// The rows of a simple query, whose values are text.
    func textRows() -> [[String?]] {
        (0..<rowCount).map { row in
            (0..<PQnfields(raw)).map { column in
                PQgetisnull(raw, row, column) == 1 ? nil : String(cString: PQgetvalue(raw, row, column))
            }
        }
    }
}

/// The right to end a connection while its own thread waits for the server.
///
/// It has a descriptor of its own for the socket: libpq may close the other at any time, and the number be used again.
final class SocketShutdown: Sendable {
    private let socket: Int32

    init(_ handle: borrowing Handle) {
        // Where there is none left, the connection cannot be ended from outside, which is as before.
        socket = fcntl(PQsocket(handle.raw), F_DUPFD_CLOEXEC, 0)
    }

    deinit { close(socket) }

    /// To libpq it looks as if the server had closed the connection.
    func shutDown() { shutdown(socket, Int32(SHUT_RDWR)) }
}

/// The right to cancel what a connection is doing.
///
/// `PQcancel` stops whatever the connection runs, so each statement takes a ticket, and a ticket that is no longer the
/// current one cancels nothing. The lock is held during `PQcancel`: a statement that ends meanwhile waits until
/// the server has had the message, so it cannot hit the next one.
///
/// `@unchecked Sendable`: libpq documents `PQcancel` as safe from any thread; the pointer is freed with the last user.
final class Cancellation: @unchecked Sendable {
    private struct Tickets {
        var last = 0
        var current: Int?
    }

    private let raw: OpaquePointer?
    private let tickets = Mutex(Tickets())
    /// `PQcancel` opens a connection and waits for it, which no thread of the cooperative pool should do.
    private static let thread = ThreadExecutor()

    init(_ handle: borrowing Handle) {
        self.raw = PQgetCancel(handle.raw)
    }

    deinit { PQfreeCancel(raw) }

    func begin() -> Int {
        tickets.withLock { tickets in
            tickets.last += 1
            tickets.current = tickets.last
            return tickets.last
        }
    }

    func end() {
        tickets.withLock { $0.current = nil }
    }

    /// Cancels the statement with this ticket soon, from a thread of its own.
    ///
    /// The server forgets a cancellation that reaches it before the statement does, so it is sent again until the
    /// statement has ended.
    func cancel(_ ticket: Int) {
        Self.thread.submit { [self] in
            let isCurrent = tickets.withLock { tickets in
                guard tickets.current == ticket else { return false }
                var reason = [CChar](repeating: 0, count: 256)
                // A cancellation that does not get through is no error: statement_timeout ends the statement.
                _ = PQcancel(raw, &reason, Int32(reason.count))
                return true
            }
            guard isCurrent else { return }
            usleep(5_000)
            // Behind those of other connections.
            cancel(ticket)
        }
    }
}
