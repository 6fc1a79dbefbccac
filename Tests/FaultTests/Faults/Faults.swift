import Testing

/// Faults of all kinds under load, and a ledger that tells afterwards whether every promise was kept.
///
/// One after the other, on a PostgreSQL of their own.
@Suite(.serialized, .ownCluster)
enum Faults {}
