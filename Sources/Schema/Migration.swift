/// A step of the schema, as it stands in `sql/`.
struct Migration: Sendable {
    let number: Int
    /// The name of the file without number, flavour and ending.
    let name: String
    /// nil where both flavours take the same step.
    let flavour: Flavour?
    let sql: String
    /// The last step that a program has to know to work with the schema after this one.
    let compatibleWith: Int

    /// Describes a step; unless it says otherwise, a program has to know it.
    private init(_ number: Int, _ name: String, _ flavour: Flavour?, _ sql: [UInt8], compatibleWith: Int? = nil) {
        self.number = number
        self.name = name
        self.flavour = flavour
        self.sql = String(decoding: sql, as: UTF8.self)
        self.compatibleWith = compatibleWith ?? number
    }

    /// Runs before the others each time: it makes the roles, the schema and the list of what has been applied.
    static let bootstrap = String(decoding: PackageResources._00_bootstrap_sql, as: UTF8.self)

    /// All steps, in order.
    static let all = [
        Migration(1, "extension", .timescaledb, PackageResources._01_extension_timescaledb_sql),
        Migration(2, "event", .postgres, PackageResources._02_event_postgres_sql),
        Migration(2, "event", .timescaledb, PackageResources._02_event_timescaledb_sql),
        Migration(3, "aggregate", .postgres, PackageResources._03_aggregate_postgres_sql),
        Migration(3, "aggregate", .timescaledb, PackageResources._03_aggregate_timescaledb_sql),
        Migration(4, "hour", nil, PackageResources._04_hour_sql),
        Migration(5, "rolling", nil, PackageResources._05_rolling_sql),
        Migration(6, "refresh", .postgres, PackageResources._06_refresh_postgres_sql),
        Migration(6, "refresh", .timescaledb, PackageResources._06_refresh_timescaledb_sql),
        Migration(7, "batch", nil, PackageResources._07_batch_sql),
        Migration(8, "rollup", nil, PackageResources._08_rollup_sql),
        Migration(9, "follow", nil, PackageResources._09_follow_sql),
        Migration(10, "retention", .postgres, PackageResources._10_retention_postgres_sql),
        Migration(10, "retention", .timescaledb, PackageResources._10_retention_timescaledb_sql),
        Migration(11, "reading", nil, PackageResources._11_reading_sql),
        Migration(12, "fingerprint", nil, PackageResources._12_fingerprint_sql, compatibleWith: 11),
    ]

    /// The number of the last step.
    static let latest = all.map(\.number).max() ?? 0

    /// The steps that a database of this flavour takes.
    static func steps(for flavour: Flavour) -> [Migration] {
        all.filter { $0.flavour == nil || $0.flavour == flavour }
    }
}
