import Postgres

/// The statement of the naive server for each request.
struct NaiveInsert: Statement {
    typealias Row = Void

    static let sql = "INSERT INTO naive.event (ts, site_id, kind, user_id) VALUES (to_timestamp($1::bigint), 1, $2, $3)"
    /// The time of the event in seconds since 1970.
    let time: Int
    let kind: Int16
    let user: String
    var parameters: Parameters { Parameters(time, kind, user) }
}
