import FoundationEssentials
import Postgres

/// Lets a server maintain for ten minutes; false while another one does.
struct TakeMaintenance: Statement {
    static let sql = "SELECT coalesce(take_maintenance($1), false)"
    let server: UUID
    var parameters: Parameters { Parameters(server) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Bool {
        try row.decode(Bool.self)
    }
}

/// Makes the partitions for events from yesterday to the day after tomorrow, where the flavour needs them.
struct PrepareHours: Statement {
    typealias Row = Void

    static let sql = "SELECT prepare_hours()"
    var parameters: Parameters { Parameters() }
}

/// Goes on to the next table of the ids of hits, once a day.
struct TurnHitIDs: Statement {
    typealias Row = Void

    static let sql = "SELECT turn_hit_ids()"
    var parameters: Parameters { Parameters() }
}

/// Closes the hours that ended at least `grace` ago.
struct CloseHours: Statement {
    typealias Row = Void

    static let sql = "SELECT close_hours(make_interval(secs => $1::int))"
    let grace: Duration
    var parameters: Parameters { Parameters(Int32(clamping: grace.components.seconds)) }
}

/// The touched hours to refresh now, as seconds since 1970; the longest waiting first.
struct TouchedHours: Statement {
    static let sql = "SELECT touched_hours(make_interval(secs => $1::int))"
    let quiet: Duration
    var parameters: Parameters { Parameters(Int32(clamping: quiet.components.seconds)) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}

/// Brings the aggregates of an hour up to date.
struct RefreshHour: Statement {
    typealias Row = Void

    static let sql = "CALL refresh_hour(to_timestamp($1::bigint))"
    /// Seconds since 1970.
    let hour: Int
    var parameters: Parameters { Parameters(hour) }
}

/// Deletes the ids of batches that no server will send again, and expired idempotency keys.
struct Prune: Statement {
    typealias Row = Void

    static let sql = "SELECT prune()"
    var parameters: Parameters { Parameters() }
}

/// Deletes servers that have not been seen for a minute, and live events that all servers have had time to read.
struct ForgetServers: Statement {
    typealias Row = Void

    static let sql = "SELECT forget_servers()"
    var parameters: Parameters { Parameters() }
}

/// Drops the weeks of events that are older than an age, but no hits; returns the number of dropped tables.
struct DropEvents: Statement {
    static let sql = "SELECT drop_events(now() - make_interval(secs => $1::int))"
    let age: Duration
    var parameters: Parameters { Parameters(Int32(clamping: age.components.seconds)) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}

/// Has autovacuum come earlier to the partition or chunk with the most deleted rows; answers its name, nil if none needs it.
struct HastenVacuum: Statement {
    static let sql = "SELECT hasten_vacuum()"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> String? {
        try row.decode(String?.self)
    }
}

/// Compresses the oldest chunk that is older than an age and not compressed; returns the number of chunks, 0 or 1.
struct CompressEvents: Statement {
    static let sql = "SELECT compress_events(now() - make_interval(secs => $1::int))"
    let age: Duration
    var parameters: Parameters { Parameters(Int32(clamping: age.components.seconds)) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}
