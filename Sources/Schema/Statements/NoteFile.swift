import Postgres

/// Notes that a file has been applied.
struct NoteFile: Statement {
    typealias Row = Void

    static let sql = """
        INSERT INTO hourglass.schema_file (name, checksum) \
        VALUES ($1, encode(sha256(convert_to($2, 'UTF8')), 'hex')) \
        ON CONFLICT (name) DO UPDATE SET checksum = excluded.checksum, applied_at = excluded.applied_at
        """
    let file: SchemaFile
    var parameters: Parameters { Parameters(file.name, file.sql) }
}
