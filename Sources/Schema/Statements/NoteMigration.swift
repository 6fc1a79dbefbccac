import Postgres

/// Notes that a step has been applied.
struct NoteMigration: Statement {
    typealias Row = Void

    static let sql = """
        INSERT INTO hourglass.schema_migration (number, name, flavour, checksum, compatible_with) \
        VALUES ($1, $2, $3, encode(sha256(convert_to($4, 'UTF8')), 'hex'), $5)
        """
    let step: Migration
    let flavour: Flavour
    var parameters: Parameters {
        Parameters(
            Int32(truncatingIfNeeded: step.number),
            step.name,
            flavour.rawValue,
            step.sql,
            Int32(truncatingIfNeeded: step.compatibleWith)
        )
    }
}
