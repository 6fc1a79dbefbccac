import CPostgres

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
