import Postgres

/// Takes the right to maintain, unless another session has it.
struct TryLock: Statement {
    static let sql = "SELECT pg_try_advisory_lock($1)"
    let key: Int
    var parameters: Parameters { Parameters(key) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Bool {
        try row.decode(Bool.self)
    }
}

/// Makes the table of events ready for the next days.
struct PrepareHours: Statement {
    typealias Row = Void

    static let sql = "SELECT prepare_hours()"
    var parameters: Parameters { Parameters() }
}

/// Closes the hours that ended at least `grace` ago.
struct CloseHours: Statement {
    typealias Row = Void

    static let sql = "SELECT close_hours(make_interval(secs => $1::int))"
    let grace: Duration
    var parameters: Parameters { Parameters(Int32(clamping: grace.components.seconds)) }
}

/// The touched hours in which nothing has been stored for a while, as seconds since 1970; the oldest first.
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

/// Forgets what has expired.
struct Prune: Statement {
    typealias Row = Void

    static let sql = "SELECT prune()"
    var parameters: Parameters { Parameters() }
}

/// Forgets servers that have gone without a word.
struct ForgetServers: Statement {
    typealias Row = Void

    static let sql = "SELECT forget_servers()"
    var parameters: Parameters { Parameters() }
}

/// Drops the weeks of events that are older than an age; answers how many tables that were.
struct DropEvents: Statement {
    static let sql = "SELECT drop_events(now() - make_interval(secs => $1::int))"
    let age: Duration
    var parameters: Parameters { Parameters(Int32(clamping: age.components.seconds)) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}

/// Compresses the oldest events that are older than an age and not compressed; answers how many tables that were.
struct CompressEvents: Statement {
    static let sql = "SELECT compress_events(now() - make_interval(secs => $1::int))"
    let age: Duration
    var parameters: Parameters { Parameters(Int32(clamping: age.components.seconds)) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}
