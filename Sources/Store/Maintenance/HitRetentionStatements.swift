import Analytics
import Postgres

/// Ends the taking of hits that would change counted dates; returns the border before which hits are to be dropped, nil
/// for none.
struct CloseDates: Statement {
    static let sql = "SELECT close_dates()"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> PostgresTimestamp? {
        try row.decode(PostgresTimestamp?.self)
    }
}

/// The sites with dates that are still to be counted.
struct UncountedSites: Statement {
    static let sql = "SELECT uncounted_sites($1)"
    let border: PostgresTimestamp
    var parameters: Parameters { Parameters(border) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> SiteID {
        try row.decode(SiteID.self)
    }
}

/// The next date of a site that is to be counted, with its zone, its start and its end; none if all are counted.
struct NextDate: Statement {
    static let sql = "SELECT zone, first, last FROM next_date($1, $2)"
    let site: SiteID
    let border: PostgresTimestamp
    var parameters: Parameters { Parameters(site.rawValue, border) }

    static func decode(
        _ row: borrowing Postgres.Row
    ) throws(PostgresDecodingError) -> (zone: String, first: PostgresTimestamp, last: PostgresTimestamp) {
        let (zone, first, last) = try row.decode((String, PostgresTimestamp, PostgresTimestamp).self)
        return (zone, first, last)
    }
}

/// Keeps the numbers of a date; false if it has been counted otherwise meanwhile.
struct KeepTotal: Statement {
    static let sql = "SELECT keep_total($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    let site: SiteID
    let date: NextDate.Row
    let total: DayTotal

    var parameters: Parameters {
        Parameters(
            site.rawValue,
            date.zone,
            date.first,
            date.last,
            total.visitors,
            total.visits,
            total.pageviews,
            total.events,
            total.bounces,
            total.duration,
            total.visitPageviews,
            total.visitEvents,
            total.hitsWithoutVisitor,
            total.hasDatedVisitors
        )
    }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Bool {
        try row.decode(Bool.self)
    }
}

/// Drops the hits before a border, if all dates are counted; returns the number of dropped tables.
struct DropHits: Statement {
    static let sql = "SELECT drop_hits($1)"
    let border: PostgresTimestamp
    var parameters: Parameters { Parameters(border) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}

/// The sites that have hits to be deleted since they keep them for a shorter time than the server, each with the moment
/// before which they are.
struct ShortenedSites: Statement {
    static let sql = "SELECT site, border FROM shortened_sites()"
    var parameters: Parameters { Parameters() }

    static func decode(
        _ row: borrowing Postgres.Row
    ) throws(PostgresDecodingError) -> (site: SiteID, border: PostgresTimestamp) {
        let (site, border) = try row.decode((SiteID, PostgresTimestamp).self)
        return (site, border)
    }
}

/// Ends the taking of hits of a site that would change the dates that are to be counted.
struct CloseSiteDates: Statement {
    typealias Row = Void

    static let sql = "SELECT close_site_dates($1, $2)"
    let short: ShortenedSites.Row
    var parameters: Parameters { Parameters(short.site.rawValue, short.border) }
}

/// Deletes the oldest hits of a site, if their dates are counted; returns their number, 0 if none are left.
struct DeleteOldHits: Statement {
    static let sql = "SELECT delete_old_hits($1, $2)"
    let short: ShortenedSites.Row
    var parameters: Parameters { Parameters(short.site.rawValue, short.border) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}
