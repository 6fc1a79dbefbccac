import Testing

/// Faults under load, after each of which a ledger is compared with the database.
///
/// The tests run one at a time, on a separate PostgreSQL.
@Suite(.serialized, .ownCluster)
enum Faults {}
