import Analytics
import Postgres

/// Asks which of the users of a batch have been forgotten.
struct CompareForgotten: Statement {
    /// A user that has been forgotten.
    struct Found: Sendable {
        /// The place of the user in the question, counted from 1.
        let place: Int
        /// The time of the forgetting.
        let at: Timestamp
        /// True if the job is still to be done.
        let isPending: Bool
    }

    struct Row: Sendable {
        /// The number of the last forgetting of all.
        let last: Int
        let found: Found?
    }

    static let sql = "SELECT last, place, at, is_pending FROM compare_forgotten($1, $2)"
    private let sites: [Int32]
    private let names: [String]

    init(_ users: [(site: SiteID, name: String)]) {
        sites = users.map(\.site.rawValue)
        names = users.map(\.name)
    }

    var parameters: Parameters { Parameters(PostgresArray(sites), PostgresArray(names)) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (last, place, at, isPending) = try row.decode((Int, Int?, Int?, Bool?).self)
        guard let place, let at, let isPending else { return Row(last: last, found: nil) }
        return Row(last: last, found: Found(place: place, at: Timestamp(milliseconds: at), isPending: isPending))
    }
}
