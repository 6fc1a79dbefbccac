/// The five characters by which PostgreSQL says what kind of error happened (PostgreSQL manual, appendix A).
package struct SQLState: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { self.rawValue = value }

    /// The error came from libpq and not from a server: the connection is gone or never was.
    package static let none: SQLState = ""
    package static let inFailedTransaction: SQLState = "25P02"
    package static let uniqueViolation: SQLState = "23505"
    package static let checkViolation: SQLState = "23514"
    package static let readOnlyTransaction: SQLState = "25006"
    package static let queryCanceled: SQLState = "57014"
    package static let invalidParameterValue: SQLState = "22023"
    package static let insufficientPrivilege: SQLState = "42501"
    package static let undefinedTable: SQLState = "42P01"
    package static let invalidSchemaName: SQLState = "3F000"

    /// The class of the error: `23` is an integrity constraint, `22` a data exception.
    package var category: Substring { rawValue.prefix(2) }

    /// Whether the connection is not to be used again.
    ///
    /// After an immediate shutdown libpq may still call a connection good, so the error decides and not `PQstatus`.
    /// A session that is read-only may be one with a standby, and one that has lost its prepared statements, or keeps a
    /// plan that the schema has outgrown, cannot get them back: a new session can do what it cannot.
    package var isConnectionLoss: Bool {
        if self == .none || Self.sessionFaults.contains(self) { return true }
        return ["08", "26", "53", "57", "58", "XX"].contains(category) && self != .queryCanceled
    }

    private static let sessionFaults: Set<SQLState> = [.readOnlyTransaction, "42P05", "0A000"]

    /// True if the server has as many connections as it, the database or the role may have.
    package var isConnectionLimit: Bool { self == "53300" || self == "53400" }

    /// True if a value is at fault, so that sending it again is of no use.
    ///
    /// Any other error is the database's own trouble, and what was sent may well be stored later. A CHECK constraint is
    /// not among them: only the name of the constraint says whether it is about the value.
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
