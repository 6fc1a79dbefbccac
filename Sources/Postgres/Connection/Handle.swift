import CPostgres

#if canImport(Glibc)
    import Glibc
#endif

/// A connection of libpq, closed with its owner.
///
/// `@unchecked Sendable`: it is created and used on the one thread of the `Connection` actor that owns it. Other threads
/// only use its `Cancellation`, which libpq allows.
struct Handle: ~Copyable, @unchecked Sendable {
    let raw: OpaquePointer
    /// True once a FATAL notice has arrived; written by the notice receiver, which libpq calls on the connection's thread.
    private let hasFatalNotice: UnsafeMutablePointer<Bool>

    /// Connects, and blocks for at most `connect_timeout` of the parameters.
    init(_ parameters: [(keyword: String, value: String)]) throws(PostgresError) {
        var keywords = parameters.map { UnsafePointer(strdup($0.keyword)) }
        var values = parameters.map { UnsafePointer(strdup($0.value)) }
        defer {
            for text in keywords + values { free(UnsafeMutableRawPointer(mutating: text)) }
        }
        keywords.append(nil)
        values.append(nil)
        guard let raw = PQconnectdbParams(keywords, values, 0) else { throw PostgresError(connection: nil) }
        if PQstatus(raw) != CONNECTION_OK, PostgresError.isServerReport(String(cString: PQerrorMessage(raw))) {
            // libpq gives the SQLSTATE of a refused connection only in a verbose error message: try again for that.
            PQsetErrorVerbosity(raw, PQERRORS_VERBOSE)
            PQreset(raw)
            PQsetErrorVerbosity(raw, PQERRORS_DEFAULT)
        }
        guard PQstatus(raw) == CONNECTION_OK else {
            defer { PQfinish(raw) }
            throw PostgresError(connection: raw)
        }
        hasFatalNotice = .allocate(capacity: 1)
        hasFatalNotice.initialize(to: false)
        // The default receiver prints notices on standard error. The FATAL message to an idle session arrives as a notice.
        PQsetNoticeReceiver(
            raw,
            { end, notice in
                let severity = PQresultErrorField(notice, Int32(QueryResult.FieldCode.severity.rawValue))
                guard let severity, ["FATAL", "PANIC"].contains(String(cString: severity)) else { return }
                end?.assumingMemoryBound(to: Bool.self).pointee = true
            },
            hasFatalNotice
        )
        self.raw = raw
    }

    deinit {
        PQfinish(raw)
        // The receiver is not called after PQfinish.
        hasFatalNotice.deallocate()
    }

    /// True if the server has announced, in the messages read so far, that it ends the session.
    var isEnding: Bool { hasFatalNotice.pointee }
}
