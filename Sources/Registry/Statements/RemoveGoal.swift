import Analytics
import Postgres

/// Removes a goal of a site; returns its id.
struct RemoveGoal: Statement {
    static let sql = "SELECT remove_goal($1, $2)"
    let id: GoalID
    let site: SiteName
    var parameters: Parameters { Parameters(site.text, id.rawValue) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
