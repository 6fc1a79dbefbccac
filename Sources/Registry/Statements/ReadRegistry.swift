import FoundationEssentials
import Postgres

/// Asks for the version of the registry, and for the registry if it is not the known one.
struct ReadRegistry: Statement {
    struct Row: Sendable {
        let version: Int
        let document: String?
    }

    static let sql = "SELECT version, document FROM read_registry($1, $2)"
    let server: UUID
    let known: Int
    var parameters: Parameters { Parameters(server, known) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (version, document) = try row.decode((Int, String?).self)
        return Row(version: version, document: document)
    }
}
