import CPostgres

/// What the server, or libpq on its behalf, reported.
///
/// The description names the kind of error only; the other fields may hold data and are meant for the log.
package struct PostgresError: Error, Sendable, CustomStringConvertible {
    package let state: SQLState
    package let message: String
    package let detail: String?
    package let constraint: String?
    /// Where it happened, for example `COPY event, line 17, column user_id`.
    package let context: String?

    package init(
        state: SQLState,
        message: String,
        detail: String? = nil,
        constraint: String? = nil,
        context: String? = nil
    ) {
        self.state = state
        self.message = message
        self.detail = detail
        self.constraint = constraint
        self.context = context
    }

    init(_ result: borrowing QueryResult) {
        self.init(
            state: SQLState(rawValue: result.field(.sqlState) ?? ""),
            message: result.field(.message) ?? String(cString: PQresultErrorMessage(result.raw)),
            detail: result.field(.detail),
            constraint: result.field(.constraint),
            context: result.field(.context)
        )
    }

    init(connection: OpaquePointer?) {
        // Without a connection libpq ran out of memory.
        self.init(report: connection.map { String(cString: PQerrorMessage($0)) } ?? "out of memory")
    }

    /// Reads the report of libpq about a connection, which has a line for each host that was tried, and others that
    /// explain it.
    init(report: String) {
        let lines = report.split(separator: "\n").filter { !$0.hasPrefix("\t") && !$0.hasPrefix("LOCATION:") }
        // With PQERRORS_VERBOSE the words of the server follow its SQLSTATE: `FATAL:  53300: too many connections`.
        let states = lines.compactMap { $0.firstMatch(of: #/: {2}([0-9A-Z]{5}): /#)?.1 }
        self.init(
            state: states.last.map { SQLState(rawValue: String($0)) } ?? .none,
            message: lines.map { $0.replacing(#/: {2}[0-9A-Z]{5}: /#, with: ": ", maxReplacements: 1) }
                .joined(separator: "; ")
        )
    }

    static let closed = PostgresError(state: .none, message: "the connection is closed")

    package var description: String {
        state == .none ? "connection to the database lost" : "the database answered SQLSTATE \(state.rawValue)"
    }

    /// The row of a COPY that was refused, counted from 0, where the server says so.
    package var copyRow: Int? {
        // The functions of triggers stand before it, with line numbers of their own.
        guard let context, let copy = context.firstRange(of: "COPY "),
            let range = context[copy.upperBound...].firstRange(of: ", line ")
        else { return nil }
        let digits = context[range.upperBound...].prefix { $0.isASCII && $0.isNumber }
        return Int(digits).map { $0 - 1 }
    }
}
