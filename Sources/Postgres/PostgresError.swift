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

    init(_ answer: borrowing Answer) {
        self.init(
            state: SQLState(rawValue: answer.field(.sqlState) ?? ""),
            message: answer.field(.message) ?? String(cString: PQresultErrorMessage(answer.raw)),
            detail: answer.field(.detail),
            constraint: answer.field(.constraint),
            context: answer.field(.context)
        )
    }

    init(connection: OpaquePointer?) {
        // Without a connection libpq ran out of memory.
        let message = connection.map { String(cString: PQerrorMessage($0)) } ?? "out of memory"
        self.init(state: .none, message: String(message.prefix { $0 != "\n" }))
    }

    static let closed = PostgresError(state: .none, message: "the connection is closed")

    package var description: String {
        state == .none ? "connection to the database lost" : "the database answered SQLSTATE \(state.rawValue)"
    }

    /// The row of a COPY that was refused, counted from 0, where the server says so.
    package var copyRow: Int? {
        guard let context, let range = context.firstRange(of: ", line ") else { return nil }
        let digits = context[range.upperBound...].prefix { $0.isASCII && $0.isNumber }
        return Int(digits).map { $0 - 1 }
    }
}

/// A value came back in a shape that its Swift type cannot take: a mistake in a statement, not in the data.
package struct PostgresDecodingError: Error, Sendable {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
