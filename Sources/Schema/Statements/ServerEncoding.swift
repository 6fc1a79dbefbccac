import Postgres

/// The encoding of the session's database, which cannot be changed.
struct ServerEncoding: Statement {
    static let sql = "SHOW server_encoding"
    /// The only encoding in which a database stores every user, compares users by bytes and refuses invalid text.
    static let wanted = "UTF8"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}
