import Postgres

/// The names of the files whose texts are not those that were last applied to a database.
struct ChangedFiles: Statement {
    static let sql = """
        SELECT file.name FROM unnest($1::text[], $2::text[]) AS file (name, body) \
        LEFT JOIN hourglass.schema_file AS applied ON applied.name = file.name \
        WHERE applied.checksum IS DISTINCT FROM encode(sha256(convert_to(file.body, 'UTF8')), 'hex')
        """
    let flavour: Flavour
    var parameters: Parameters {
        let files = SchemaFile.files(for: flavour)
        return Parameters(PostgresArray(files.map(\.name)), PostgresArray(files.map(\.sql)))
    }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}
