import Analytics
import FoundationEssentials
import Postgres

/// Registers this server as a follower, for which the others store their live events; repeated as a heartbeat.
struct RegisterServer: Statement {
    typealias Row = Void

    static let sql = "SELECT register_server($1)"
    let id: UUID
    var parameters: Parameters { Parameters(id) }
}

/// Waits for the end of the batches that have begun.
struct AwaitWriters: Statement {
    typealias Row = Void

    static let sql = "SELECT await_writers()"
    var parameters: Parameters { Parameters() }
}

/// The snapshot of this transaction, in PostgreSQL's text form.
struct CurrentSnapshot: Statement {
    static let sql = "SELECT pg_current_snapshot()::text"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}

/// The time of the first event from a moment on.
///
/// Asks site by site, because the index of events begins with the site.
struct FirstEvent: Statement {
    static let sql = """
        SELECT min(first.ts) FROM site, \
        LATERAL (SELECT ts FROM event WHERE site_id = site.id AND ts >= $1 ORDER BY ts LIMIT 1) AS first
        """
    let from: Timestamp
    var parameters: Parameters { Parameters(from) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Timestamp? {
        try row.decode(Int?.self).map { Timestamp(postgres: $0) }
    }
}

/// The next rows of the cursor over the live hours.
struct NextLiveEvents: Statement {
    static let sql = "FETCH 10000 FROM live"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Event {
        let (site, time, kind, user) = try row.decode((Int, Int, Int, String).self)
        guard let kind = Int16(exactly: kind).flatMap({ Event.Kind(rawValue: $0) }) else {
            throw PostgresDecodingError(reason: "not a kind of event")
        }
        return Event(
            time: Timestamp(postgres: time),
            user: User(stored: user),
            kind: kind,
            site: try SiteID(stored: site)
        )
    }
}

/// The live events that other servers have committed since a snapshot.
struct LiveBatches: Statement {
    struct Row: Sendable {
        let snapshot: String
        let isRegistered: Bool
        let hasOthers: Bool
        let site: SiteID?
        let events: [UInt8]?
    }

    static let sql = "SELECT snapshot, is_registered, has_others, site_id, events FROM live_batches($1, $2)"
    let own: UUID
    let previous: String
    var parameters: Parameters { Parameters(own, previous) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (snapshot, isRegistered, hasOthers, site, events) =
            try row.decode((String, Bool, Bool, Int?, [UInt8]?).self)
        return Row(
            snapshot: snapshot,
            isRegistered: isRegistered,
            hasOthers: hasOthers,
            site: try site.map { (number) throws(PostgresDecodingError) in try SiteID(stored: number) },
            events: events
        )
    }
}

extension Timestamp {
    /// The moment that a `timestamptz` means, to the millisecond: it is read as microseconds since 2000.
    fileprivate init(postgres microseconds: Int) {
        self.init(milliseconds: microseconds / 1000 + 946_684_800_000)
    }
}
