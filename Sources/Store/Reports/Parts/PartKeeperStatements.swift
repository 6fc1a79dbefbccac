import Analytics
import Postgres

/// Reads the closed days that have hits and no part, the latest first.
struct MissingParts: Statement {
    static let sql = "SELECT site_id, day FROM missing_parts($1)"
    let most: Int
    var parameters: Parameters { Parameters(Int32(clamping: most)) }

    static func decode(
        _ row: borrowing Postgres.Row
    ) throws(PostgresDecodingError) -> (site: SiteID, day: PostgresDate) {
        let (site, day) = try row.decode((SiteID, PostgresDate).self)
        return (site, day)
    }
}

/// Compares parts with the rows for some time; returns those that differed and have been deleted.
struct CheckParts: Statement {
    static let sql = "SELECT site_id, day, hits, rows FROM check_parts(make_interval(secs => $1::int / 1000.0))"
    let work: Duration
    var parameters: Parameters { Parameters(Int32(clamping: Int(work / .milliseconds(1)))) }

    static func decode(
        _ row: borrowing Postgres.Row
    ) throws(PostgresDecodingError) -> (site: SiteID, day: PostgresDate, hits: Int, rows: Int) {
        let (site, day, hits, rows) = try row.decode((SiteID, PostgresDate, Int, Int).self)
        return (site, day, hits, rows)
    }
}

/// Notes the number of days that have hits and no part.
struct NotePartGap: Statement {
    typealias Row = Void

    static let sql = "SELECT note_part_gap($1)"
    let days: Int
    var parameters: Parameters { Parameters(Int32(clamping: days)) }
}

/// Reads the number of days that have hits and no part.
struct PartGap: Statement {
    static let sql = "SELECT days FROM part_gap"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}
