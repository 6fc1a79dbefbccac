import Postgres

/// Asks for the registry as a document.
struct WholeRegistry: Statement {
    static let sql = "SELECT registry_document()"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> String { try row.decode(String.self) }
}
