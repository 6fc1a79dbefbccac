import Postgres

/// TimescaleDB as far as a server has it, and a database.
struct FlavourSupport: Statement {
    struct Row: Sendable {
        /// The version of TimescaleDB that the database has, or that could be created in it; or nil.
        let available: String?
        /// The schema that the extension lies in, or nil where it has not been created.
        let schema: String?
        /// True if the extension's library is loaded when the server starts, without which it cannot be created.
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
    /// The reason for which TimescaleDB cannot be used here; nil if it can.
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
