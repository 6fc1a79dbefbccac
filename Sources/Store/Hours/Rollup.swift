import Analytics
import Postgres

/// Asks for the counts of a site in the hour that ends at a moment.
struct Rollup: Statement {
    static let sql = "SELECT unique_users, clicks, impressions FROM rollup($1, $2)"
    let site: SiteID
    let at: Timestamp
    var parameters: Parameters { Parameters(site.rawValue, at) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> HourReport {
        let (uniqueUsers, clicks, impressions) = try row.decode((Int, Int, Int).self)
        return HourReport(uniqueUsers: uniqueUsers, clicks: clicks, impressions: impressions)
    }
}

extension Timestamp: PostgresEncodable {
    /// A `timestamptz`: microseconds since 2000-01-01T00:00:00Z.
    var postgresMicroseconds: Int { (milliseconds - 946_684_800_000) * 1000 }

    package func encode(into bytes: inout [UInt8]) {
        postgresMicroseconds.encode(into: &bytes)
    }
}
