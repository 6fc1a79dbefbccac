import Postgres

/// The encoding of the session's database, which it has from its creation on.
struct ServerEncoding: Statement {
    static let sql = "SHOW server_encoding"
    /// The only one in which a database keeps every user, compares them byte by byte and refuses what is no text.
    static let wanted = "UTF8"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}
