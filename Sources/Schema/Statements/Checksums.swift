import Postgres

/// The SHA-256 of each of several texts, in hexadecimal and in their order.
///
/// The database computes them, so that this target needs no cryptography library.
struct Checksums: Statement {
    static let sql = """
        SELECT encode(sha256(convert_to(body, 'UTF8')), 'hex') \
        FROM unnest($1::text[]) WITH ORDINALITY AS text (body, place) ORDER BY place
        """
    let texts: [String]
    var parameters: Parameters { Parameters(PostgresArray(texts)) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}
