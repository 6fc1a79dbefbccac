import Postgres

/// The steps that have been applied to a database, in order.
struct AppliedMigrations: Statement {
    struct Row: Sendable {
        let identity: Migration.Identity
        let flavour: String
        /// The last step that a program has to know to work with the schema after this one.
        let compatibleWith: Int

        var number: Int { identity.number }
        var name: String { identity.name }
    }

    /// Reads rows as JSON, because the column `compatible_with` is missing if an earlier program has migrated last.
    static let sql = """
        SELECT number, name, flavour, checksum, coalesce((to_jsonb(m)->>'compatible_with')::integer, number) \
        FROM hourglass.schema_migration AS m ORDER BY number
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (number, name, flavour, checksum, compatibleWith) = try row.decode((Int, String, String, String, Int).self)
        return Row(
            identity: .init(number: number, name: name, checksum: checksum),
            flavour: flavour,
            compatibleWith: compatibleWith
        )
    }
}
