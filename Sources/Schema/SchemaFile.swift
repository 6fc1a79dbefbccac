/// A file in `sql/functions/` or `sql/views/`: nothing but CREATE OR REPLACE and grants, applied again whenever its text
/// has changed.
///
/// A function that a released server calls keeps its name, its arguments and its meaning, and a view its columns, until
/// the compatibility number of the schema rises; then a step drops what nobody calls any more.
struct SchemaFile: Sendable {
    /// The path below `sql/`, such as `functions/refresh.postgres.sql`.
    let name: String
    let sql: String
    /// nil where both flavours have the same text.
    private let flavour: Flavour?

    private init(_ folder: String, _ noun: String, _ flavour: Flavour?, _ sql: [UInt8]) {
        name = "\(folder)/\(noun)\(flavour.map { ".\($0.rawValue)" } ?? "").sql"
        self.sql = String(decoding: sql, as: UTF8.self)
        self.flavour = flavour
    }

    /// Each file has one view: `Migrator` replaces them one by one.
    static let views = [
        SchemaFile("views", "event", nil, PackageResources.event_sql),
        SchemaFile("views", "late_second", nil, PackageResources.late_second_sql),
        SchemaFile("views", "late_user", nil, PackageResources.late_user_sql),
        SchemaFile("views", "live_batch", nil, PackageResources.live_batch_sql),
        SchemaFile("views", "open_hour", nil, PackageResources.open_hour_sql),
        SchemaFile("views", "retention", nil, PackageResources.retention_sql),
        SchemaFile("views", "rolling_hour", nil, PackageResources.rolling_hour_sql),
        SchemaFile("views", "second_count", nil, PackageResources.second_count_sql),
        SchemaFile("views", "server", nil, PackageResources.server_sql),
        SchemaFile("views", "site", nil, PackageResources.site_sql),
        SchemaFile("views", "touched_hour", nil, PackageResources.touched_hour_sql),
        SchemaFile("views", "user_hour", nil, PackageResources.user_hour_sql),
    ]

    static let functions = [
        SchemaFile("functions", "batch", nil, PackageResources.batch_sql),
        SchemaFile("functions", "follow", nil, PackageResources.follow_sql),
        SchemaFile("functions", "hour", nil, PackageResources.hour_sql),
        SchemaFile("functions", "key", nil, PackageResources.key_sql),
        SchemaFile("functions", "late", nil, PackageResources.late_sql),
        SchemaFile("functions", "partition", .postgres, PackageResources.partition_postgres_sql),
        SchemaFile("functions", "partition", .timescaledb, PackageResources.partition_timescaledb_sql),
        SchemaFile("functions", "refresh", .postgres, PackageResources.refresh_postgres_sql),
        SchemaFile("functions", "refresh", .timescaledb, PackageResources.refresh_timescaledb_sql),
        SchemaFile("functions", "retention", .postgres, PackageResources.retention_postgres_sql),
        SchemaFile("functions", "retention", .timescaledb, PackageResources.retention_timescaledb_sql),
        SchemaFile("functions", "rolling", nil, PackageResources.rolling_sql),
        SchemaFile("functions", "rollup", nil, PackageResources.rollup_sql),
        SchemaFile("functions", "spool", nil, PackageResources.spool_sql),
    ]

    /// The files that a database of this flavour has.
    static func files(for flavour: Flavour) -> [SchemaFile] {
        (views + functions).filter { $0.flavour == nil || $0.flavour == flavour }
    }
}
