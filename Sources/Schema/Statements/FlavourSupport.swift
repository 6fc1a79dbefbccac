import Postgres

/// The availability of TimescaleDB on a server and in a database.
struct FlavourSupport: Statement {
    struct Row: Sendable {
        /// The version of TimescaleDB that the database has, or that can be created in it; nil if there is none.
        let available: String?
        /// The schema of the extension; nil if it has not been created.
        let schema: String?
        /// True if the server loaded the extension's library at its start, which its creation requires.
        let isPreloaded: Bool
    }

    static let sql = """
        SELECT (SELECT coalesce(installed_version, default_version) \
        FROM pg_available_extensions WHERE name = 'timescaledb'), \
        (SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'timescaledb'), \
        current_setting('timescaledb.disable_load', true) IS NOT NULL
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (available, schema, isPreloaded) = try row.decode((String?, String?, Bool).self)
        return Row(available: available, schema: schema, isPreloaded: isPreloaded)
    }
}

extension FlavourSupport.Row {
    /// The reason that TimescaleDB cannot be used here; nil if it can.
    var obstacle: String? {
        guard let available else { return "TimescaleDB is not installed on this server" }
        let parts = available.split(separator: ".").map { Int($0) ?? 0 }
        let oldest = Flavour.oldestTimescaleDB
        guard parts.count >= 2, (parts[0], parts[1]) >= (oldest.major, oldest.minor) else {
            return "TimescaleDB \(available) is too old: at least \(oldest.major).\(oldest.minor) is needed"
        }
        guard schema == nil || schema == "public" else {
            return "TimescaleDB is in the schema \(schema ?? ""), and has to be in public"
        }
        guard isPreloaded else {
            return "TimescaleDB is installed but not loaded: add it to shared_preload_libraries and restart PostgreSQL"
        }
        return nil
    }
}
