/// PostgreSQL's five-character error code (PostgreSQL manual, appendix A).
package struct SQLState: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { self.rawValue = value }

    /// The code of an error that came from libpq: the connection is lost or could not be made.
    package static let none: SQLState = ""
    package static let inFailedTransaction: SQLState = "25P02"
    package static let uniqueViolation: SQLState = "23505"
    package static let checkViolation: SQLState = "23514"
    package static let readOnlyTransaction: SQLState = "25006"
    package static let queryCanceled: SQLState = "57014"
    package static let characterNotInRepertoire: SQLState = "22021"
    package static let programLimitExceeded: SQLState = "54000"
    package static let objectInUse: SQLState = "55006"
    package static let invalidParameterValue: SQLState = "22023"
    package static let invalidRegularExpression: SQLState = "2201B"
    package static let lockNotAvailable: SQLState = "55P03"
    package static let insufficientPrivilege: SQLState = "42501"
    package static let undefinedTable: SQLState = "42P01"
    package static let invalidSchemaName: SQLState = "3F000"

    /// The class of the error: `23` is an integrity constraint, `22` a data exception.
    package var category: Substring { rawValue.prefix(2) }

    /// True if the connection must not be used again.
    ///
    /// The error decides and not `PQstatus`, which may still be good after an immediate shutdown. A read-only session
    /// may be on a standby, and a session that lost its prepared statements, or whose cached plan no longer fits the
    /// schema, cannot recover: a new session can.
    package var isConnectionLoss: Bool {
        if self == .none || Self.sessionFaults.contains(self) { return true }
        return ["08", "26", "53", "57", "58", "XX"].contains(category) && self != .queryCanceled
    }

    private static let sessionFaults: Set<SQLState> = [.readOnlyTransaction, "42P05", "0A000"]

    /// True if a connection limit of the server, the database or the role is reached.
    package var isConnectionLimit: Bool { self == "53300" || self == "53400" }

    /// True if a value is invalid, so that a retry cannot succeed.
    ///
    /// After any other error a retry may succeed. Violations of CHECK constraints are not included: whether the value
    /// is invalid depends on the constraint.
    package var isValueError: Bool { Self.valueErrors.contains(self) }

    private static let valueErrors: Set<SQLState> = [
        "22001",  // string_data_right_truncation
        "22003",  // numeric_value_out_of_range
        "22007",  // invalid_datetime_format
        "22008",  // datetime_field_overflow
        "22021",  // character_not_in_repertoire
        "22P02",  // invalid_text_representation
        "22P03",  // invalid_binary_representation
        "22P05",  // untranslatable_character
        "54000",  // program_limit_exceeded
    ]
}
