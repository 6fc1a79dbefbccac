import Analytics
import FoundationEssentials
import Postgres

/// The keys of a batch that an earlier batch has used, with what was answered then.
struct RepeatedKeys: Statement {
    struct Row: Sendable {
        let key: String
        let answer: String
    }

    static let sql = "SELECT key, answer FROM repeated_keys($1, $2, $3)"
    let batch: UUID
    let site: SiteID
    let keys: [String]
    var parameters: Parameters { Parameters(batch, site.rawValue, PostgresArray(keys)) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (key, answer) = try row.decode((String, String).self)
        return Row(key: key, answer: answer)
    }
}
