import Postgres

/// Deletes the records of files that this program does not have.
///
/// Otherwise a file that returns with its old text would not be applied, although another file may have replaced its
/// functions meanwhile.
struct ForgetFiles: Statement {
    typealias Row = Void

    static let sql = "DELETE FROM hourglass.schema_file WHERE name <> ALL ($1)"
    let flavour: Flavour
    var parameters: Parameters { Parameters(PostgresArray(SchemaFile.files(for: flavour).map(\.name))) }
}
