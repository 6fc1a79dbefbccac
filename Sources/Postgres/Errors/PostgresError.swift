import CPostgres

/// An error reported by the server, or by libpq.
///
/// The description gives only the kind of error; the other fields may contain data and are meant for the log.
package struct PostgresError: Error, Sendable, CustomStringConvertible {
    package let state: SQLState
    package let message: String
    package let detail: String?
    package let constraint: String?
    /// The place of the error, for example `COPY event, line 17, column user_id`.
    package let context: String?
    /// The server's advice.
    package let hint: String?
    /// The place of the error in the statement that was sent, in characters from 1 on.
    package let position: Int?

    package init(
        state: SQLState,
        message: String,
        detail: String? = nil,
        constraint: String? = nil,
        context: String? = nil,
        hint: String? = nil,
        position: Int? = nil
    ) {
        self.state = state
        self.message = message
        self.detail = detail
        self.constraint = constraint
        self.context = context
        self.hint = hint
        self.position = position
    }

    init(_ result: borrowing QueryResult) {
        self.init(
            state: SQLState(rawValue: result.field(.sqlState) ?? ""),
            message: result.field(.message) ?? String(cString: PQresultErrorMessage(result.raw)),
            detail: result.field(.detail),
            constraint: result.field(.constraint),
            context: result.field(.context),
            hint: result.field(.hint),
            position: result.field(.position).flatMap { Int($0) }
        )
    }

    init(connection: OpaquePointer?) {
        // Without a connection libpq ran out of memory.
        self.init(report: connection.map { String(cString: PQerrorMessage($0)) } ?? "out of memory")
    }

    /// Reads libpq's report about a connection: a line for each host that was tried, and further lines of explanation.
    init(report: String) {
        let lines = report.split(separator: "\n").filter { !$0.hasPrefix("\t") && !$0.hasPrefix("LOCATION:") }
        // With PQERRORS_VERBOSE the SQLSTATE stands before the message: `FATAL:  53300: too many connections`.
        let states = lines.compactMap { $0.firstMatch(of: #/: {2}([0-9A-Z]{5}): /#)?.1 }
        self.init(
            state: states.last.map { SQLState(rawValue: String($0)) } ?? .none,
            message: lines.map { $0.replacing(#/: {2}[0-9A-Z]{5}: /#, with: ": ", maxReplacements: 1) }
                .joined(separator: "; ")
        )
    }

    /// True if libpq's report about a failed connection has the answer of a server, such as `FATAL:  too many connections`.
    ///
    /// The word for the severity is in the server's language; the two blanks behind it are the server's alone.
    static func isServerReport(_ report: String) -> Bool { report.contains(":  ") }

    static let closed = PostgresError(state: .none, message: "the connection is closed")
    static let streaming = PostgresError(state: .objectInUse, message: "the connection is sending the rows of a stream")

    package var description: String {
        state == .none ? "connection to the database lost" : "the database answered SQLSTATE \(state.rawValue)"
    }

    /// The refused row of a COPY, counted from 0, and its table; nil if the server does not name one.
    ///
    /// An error before the first row is on line 0.
    package var copyRow: (table: String, row: Int)? {
        // Trigger functions come before it in the context, with line numbers of their own.
        guard let context, let copy = context.firstRange(of: "COPY "),
            let range = context[copy.upperBound...].firstRange(of: ", line ")
        else { return nil }
        let digits = context[range.upperBound...].prefix { $0.isASCII && $0.isNumber }
        guard let line = Int(digits), line > 0 else { return nil }
        return (String(context[copy.upperBound..<range.lowerBound]), line - 1)
    }
}
