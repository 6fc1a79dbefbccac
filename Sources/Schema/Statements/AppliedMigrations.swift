import Postgres

/// What has been applied to a database, in order.
struct AppliedMigrations: Statement {
    struct Row: Sendable {
        let number: Int
        let name: String
        let flavour: String
        let checksum: String
        /// The last step that a program has to know to work with the schema after this one.
        let compatibleWith: Int
    }

    /// The column of the compatibility is not there yet where an earlier program has migrated last.
    static let sql = """
        SELECT number, name, flavour, checksum, coalesce((to_jsonb(m)->>'compatible_with')::integer, number) \
        FROM hourglass.schema_migration AS m ORDER BY number
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (number, name, flavour, checksum, compatibleWith) = try row.decode((Int, String, String, String, Int).self)
        return Row(
            number: number,
            name: name,
            flavour: flavour,
            checksum: checksum,
            compatibleWith: compatibleWith
        )
    }
}

/// The SHA-256 of a text.
///
/// The database is asked, so that no cryptography has to be linked for it.
struct Checksum: Statement {
    static let sql = "SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex')"
    let text: String
    var parameters: Parameters { Parameters(text) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}

/// Notes that a migration has been applied.
struct NoteMigration: Statement {
    typealias Row = Void

    static let sql = """
        INSERT INTO hourglass.schema_migration (number, name, flavour, checksum, compatible_with) \
        VALUES ($1, $2, $3, $4, $5)
        """
    let number: Int
    let name: String
    let flavour: Flavour
    let checksum: String
    let compatibleWith: Int
    var parameters: Parameters {
        Parameters(
            Int32(truncatingIfNeeded: number),
            name,
            flavour.rawValue,
            checksum,
            Int32(truncatingIfNeeded: compatibleWith)
        )
    }
}
