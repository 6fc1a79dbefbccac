import Postgres

/// Makes the salts of the dates that hits may have soon, and deletes those that are over.
struct MakeSalts: Statement {
    static let sql = "SELECT 1 FROM make_salts()"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
