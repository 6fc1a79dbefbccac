import Analytics
import Postgres

/// Reads the snapshot of a transaction, and what parts of a site depend on besides its hits.
struct PartBasis: Statement {
    static let sql = """
        SELECT pg_current_snapshot()::text, (SELECT zone FROM site WHERE id = $1),
               (SELECT greatest(hits_since, (SELECT hits_since FROM site_retention WHERE site_id = $1)) FROM retention)
        """
    let site: SiteID

    var parameters: Parameters { Parameters(site.rawValue) }

    static func decode(
        _ row: borrowing Postgres.Row
    ) throws(PostgresDecodingError) -> (snapshot: Snapshot, basis: SiteParts.Basis) {
        let (snapshot, zone, kept) = try row.decode((String, String?, PostgresTimestamp?).self)
        let basis = SiteParts.Basis(zone: zone ?? "UTC", keptSince: kept)
        guard let snapshot = try? Snapshot(snapshot) else { throw PostgresDecodingError(reason: "not a snapshot") }
        return (snapshot, basis)
    }
}

/// Reads the times in which hits of a site were changed since one of some snapshots, joined where they overlap.
struct ChangedTimes: Statement {
    static let sql = """
        SELECT lower(range), upper(range)
          FROM unnest((
            SELECT range_agg(tstzrange(first, last, '[]')) FROM touched_time
             WHERE site_id = $1
               AND xid >= (SELECT min(pg_snapshot_xmin(known::pg_snapshot)) FROM unnest($2::text[]) AS known)
               AND EXISTS (
                SELECT FROM unnest($2::text[]) AS known WHERE NOT pg_visible_in_snapshot(xid, known::pg_snapshot)
               )
          )) AS range
        """
    let site: SiteID
    let snapshots: Set<String>

    var parameters: Parameters { Parameters(site.rawValue, PostgresArray(Array(snapshots))) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> ClosedRange<Int> {
        let (first, last) = try row.decode((PostgresTimestamp, PostgresTimestamp).self)
        let start = Timestamp(first).milliseconds
        return start...max(start, Timestamp(last).milliseconds)
    }
}

/// Reads the visitors of a site who have become known as users since one of some snapshots.
struct NewAliases: Statement {
    static let sql = """
        SELECT visitor, user_visitor FROM alias
         WHERE site_id = $1
           AND xid >= (SELECT min(pg_snapshot_xmin(known::pg_snapshot)) FROM unnest($2::text[]) AS known)
           AND EXISTS (
            SELECT FROM unnest($2::text[]) AS known WHERE NOT pg_visible_in_snapshot(xid, known::pg_snapshot)
           )
        """
    let site: SiteID
    let snapshots: Set<String>

    var parameters: Parameters { Parameters(site.rawValue, PostgresArray(Array(snapshots))) }

    static func decode(
        _ row: borrowing Postgres.Row
    ) throws(PostgresDecodingError) -> (visitor: Visitor, user: Visitor) {
        let (visitor, user) = try row.decode((Int, Int).self)
        return (
            Visitor(rawValue: UInt64(bitPattern: Int64(visitor))), Visitor(rawValue: UInt64(bitPattern: Int64(user)))
        )
    }
}

/// Reads the parts of days that are stored, as far as they are of the zone of the site.
struct StoredParts: Statement {
    static let sql = """
        SELECT day, covers::text, data FROM part
         WHERE site_id = $1 AND day BETWEEN $2 AND $3 AND zone = $4
        """
    let site: SiteID
    let days: ClosedRange<Int>
    let zone: String

    var parameters: Parameters {
        Parameters(site.rawValue, PostgresDate(unixDay: days.lowerBound), PostgresDate(unixDay: days.upperBound), zone)
    }

    static func decode(
        _ row: borrowing Postgres.Row
    ) throws(PostgresDecodingError) -> (day: Int, covers: String, data: [UInt8]) {
        let (day, covers, data) = try row.decode((PostgresDate, String, [UInt8]).self)
        return (day.unixDay, covers, data)
    }
}

/// Stores a part.
struct KeepPart: Statement {
    typealias Row = Void

    static let sql = "SELECT keep_part($1, $2, $3, $4, $5, $6)"
    let site: SiteID
    let day: Int
    let snapshot: Snapshot
    let zone: String
    let hits: Int
    let data: [UInt8]

    var parameters: Parameters {
        Parameters(site.rawValue, PostgresDate(unixDay: day), snapshot.text, zone, Int32(clamping: hits), data)
    }
}
