/// The five characters by which PostgreSQL says what kind of error happened (PostgreSQL manual, appendix A).
package struct SQLState: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { self.rawValue = value }

    /// The error came from libpq and not from a server: the connection is gone or never was.
    package static let none: SQLState = ""
    package static let inFailedTransaction: SQLState = "25P02"
    package static let uniqueViolation: SQLState = "23505"
    package static let queryCanceled: SQLState = "57014"
    package static let invalidParameterValue: SQLState = "22023"
    package static let insufficientPrivilege: SQLState = "42501"
    package static let undefinedTable: SQLState = "42P01"
    package static let invalidSchemaName: SQLState = "3F000"

    /// The class of the error: `23` is an integrity constraint, `22` a data exception.
    package var category: Substring { rawValue.prefix(2) }

    /// Whether the same work may succeed when it is sent again.
    package var isTransient: Bool {
        isConnectionLoss || category == "40"
    }

    /// Whether the connection is not to be used again.
    ///
    /// After an immediate shutdown libpq may still call a connection good, so the error decides and not `PQstatus`.
    package var isConnectionLoss: Bool {
        self == .none || (["08", "53", "57", "58", "XX"].contains(category) && self != .queryCanceled)
    }

    /// Whether the data was refused, so that sending it again is of no use.
    package var isDataError: Bool {
        category == "22" || category == "23"
    }
}
