/// The kind of database: PostgreSQL with TimescaleDB, or without.
///
/// All differences are in `sql/`.
package enum Flavour: String, Sendable, CaseIterable {
    case timescaledb
    case postgres

    /// The oldest TimescaleDB that the migrations are written for.
    static let oldestTimescaleDB = (major: 2, minor: 28)
}
