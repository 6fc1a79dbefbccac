import Analytics
import Postgres

/// Reads the snapshot of a transaction, and what parts of a site depend on besides its hits.
struct PartBasis: Statement {
    static let sql = """
        SELECT pg_current_snapshot()::text, (SELECT zone FROM site WHERE id = $1), (SELECT kept_since FROM retention)
        """
    let site: SiteID

    var parameters: Parameters { Parameters(site.rawValue) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> (snapshot: Snapshot, basis: SiteParts.Basis) {
        let (snapshot, zone, kept) = try row.decode((String, String?, PostgresTimestamp?).self)
        let basis = SiteParts.Basis(zone: zone ?? "UTC", keptSince: kept)
        guard let snapshot = try? Snapshot(snapshot) else { throw PostgresDecodingError(reason: "not a snapshot") }
        return (snapshot, basis)
    }
}

/// Reads the times in which hits of a site were changed since a snapshot, joined where they overlap.
struct ChangedTimes: Statement {
    static let sql = """
        SELECT lower(range), upper(range)
          FROM unnest((
            SELECT range_agg(tstzrange(first, last, '[]')) FROM touched_time
             WHERE site_id = $1 AND xid >= pg_snapshot_xmin($2::text::pg_snapshot)
               AND NOT pg_visible_in_snapshot(xid, $2::text::pg_snapshot)
          )) AS range
        """
    let site: SiteID
    let snapshot: Snapshot

    var parameters: Parameters { Parameters(site.rawValue, snapshot.text) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> ClosedRange<Int> {
        let (first, last) = try row.decode((PostgresTimestamp, PostgresTimestamp).self)
        let start = Timestamp(first).milliseconds
        return start...max(start, Timestamp(last).milliseconds)
    }
}

/// Reads the visitors of a site who have become known as users since a snapshot.
struct NewAliases: Statement {
    static let sql = """
        SELECT visitor, user_visitor FROM alias
         WHERE site_id = $1 AND xid >= pg_snapshot_xmin($2::text::pg_snapshot)
           AND NOT pg_visible_in_snapshot(xid, $2::text::pg_snapshot)
        """
    let site: SiteID
    let snapshot: Snapshot

    var parameters: Parameters { Parameters(site.rawValue, snapshot.text) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> (visitor: Visitor, user: Visitor) {
        let (visitor, user) = try row.decode((Int, Int).self)
        return (
            Visitor(rawValue: UInt64(bitPattern: Int64(visitor))), Visitor(rawValue: UInt64(bitPattern: Int64(user)))
        )
    }
}
