import Postgres

/// Forgets files that this program does not have.
///
/// A file that comes back with its old text is applied again: meanwhile its functions may have been in another file.
struct ForgetFiles: Statement {
    typealias Row = Void

    static let sql = "DELETE FROM hourglass.schema_file WHERE name <> ALL ($1)"
    let flavour: Flavour
    var parameters: Parameters { Parameters(PostgresArray(SchemaFile.files(for: flavour).map(\.name))) }
}
