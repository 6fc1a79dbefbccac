import Analytics
import Postgres

/// The sites with events to be deleted since they keep them for a shorter time than the server, or which still take such
/// events, each with the moment before which they are.
struct SitesWithOldEvents: Statement {
    static let sql = "SELECT site, border FROM sites_with_old_events()"
    var parameters: Parameters { Parameters() }

    static func decode(
        _ row: borrowing Postgres.Row
    ) throws(PostgresDecodingError) -> (site: SiteID, border: PostgresTimestamp) {
        let (site, border) = try row.decode((SiteID, PostgresTimestamp).self)
        return (site, border)
    }
}

/// Ends the taking of events of a site that are to be deleted.
struct CloseOldEvents: Statement {
    typealias Row = Void

    static let sql = "SELECT close_old_events($1, $2)"
    let short: SitesWithOldEvents.Row
    var parameters: Parameters { Parameters(short.site.rawValue, short.border) }
}

/// Deletes the oldest events of a site, those of a day; returns their number, 0 if none are left or they have to wait.
struct DeleteOldEvents: Statement {
    static let sql = "SELECT delete_old_events($1)"
    let site: SiteID
    var parameters: Parameters { Parameters(site.rawValue) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}
