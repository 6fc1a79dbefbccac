import FoundationEssentials
import Postgres

/// Removes a server that stops from those that changes wait for.
struct LeaveRegistry: Statement {
    static let sql = "SELECT 1 FROM leave_registry($1)"
    let server: UUID
    var parameters: Parameters { Parameters(server) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
