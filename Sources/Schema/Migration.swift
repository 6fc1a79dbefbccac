/// A numbered step of the schema: a file in `sql/tables/`, never changed after a release.
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

    /// Runs before the others each time: it makes the roles, the schema and the list of the steps that have been applied.
    static let bootstrap = String(decoding: PackageResources._00_bootstrap_sql, as: UTF8.self)

    /// All steps, in order.
    ///
    /// A release that changes nothing but texts in `functions/` and `views/` adds a step all the same: a file with a
    /// comment. Its number is how programs tell which of two texts is the newer one (`SchemaState`).
    ///
    /// Up to schema 12 functions and views were in the steps. The numbers 5, 6, 8, 9 and 11 had no tables.
    static let all = [
        Migration(1, "extension", .timescaledb, PackageResources._01_extension_timescaledb_sql),
        Migration(2, "event", .postgres, PackageResources._02_event_postgres_sql),
        Migration(2, "event", .timescaledb, PackageResources._02_event_timescaledb_sql),
        Migration(3, "aggregate", .postgres, PackageResources._03_aggregate_postgres_sql),
        Migration(3, "aggregate", .timescaledb, PackageResources._03_aggregate_timescaledb_sql),
        Migration(4, "hour", nil, PackageResources._04_hour_sql),
        Migration(7, "batch", nil, PackageResources._07_batch_sql),
        Migration(10, "columnstore", .timescaledb, PackageResources._10_columnstore_timescaledb_sql),
        Migration(12, "fingerprint", nil, PackageResources._12_fingerprint_sql, compatibleWith: 11),
        Migration(13, "file", nil, PackageResources._13_file_sql, compatibleWith: 11),
    ]

    /// The number of the last step, which is that of the schema.
    static let latest = all.map(\.number).max() ?? 0

    /// The steps that a database of this flavour takes.
    static func steps(for flavour: Flavour) -> [Migration] {
        all.filter { $0.flavour == nil || $0.flavour == flavour }
    }
}
