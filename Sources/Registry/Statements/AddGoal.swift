import Analytics
import FoundationEssentials
import Postgres

/// Adds a goal to a site; returns its id.
struct AddGoal: Statement {
    static let sql = "SELECT add_goal($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8)"
    private let goal: GoalInput
    private let site: SiteName
    /// The properties as a JSON object.
    private let properties: String

    init(_ goal: GoalInput, to site: SiteName) throws {
        self.goal = goal
        self.site = site
        properties = String(decoding: try JSONEncoder().encode(goal.properties), as: UTF8.self)
    }

    var parameters: Parameters {
        let (kind, pattern, depth): (String, String, Int32?) =
            switch goal.kind {
            case .event(let name): ("event", name, nil)
            case .page(let pattern): ("page", pattern, nil)
            case .scroll(let pattern, let depth): ("scroll", pattern, Int32(clamping: depth))
            }
        return Parameters(site.text, kind, pattern, depth, goal.name, goal.display, properties, goal.currency)
    }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
