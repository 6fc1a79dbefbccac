import Analytics
import Postgres

/// The list of the users of a site who have a name, by the first time at which they were seen.
struct UserList: Sendable {
    let connection: Connection
    let query: ListQuery

    /// The users that are read together.
    private static let page = 5_000

    func read(_ take: ([ListedRow]) async throws -> Void) async throws {
        var (after, rest) = (query.after, query.limit ?? .max)
        while rest > 0 {
            let rows = try await connection.execute(users(after, min(rest, Self.page))) { try ListedRow(user: $0) }
            guard !rows.isEmpty else { return }
            try await take(rows)
            (after, rest) = (rows.last?.cursor, rest - rows.count)
        }
    }

    private func users(_ after: ListCursor?, _ limit: Int) -> PostgresQuery {
        // Each user of a site has another visitor, whose bits are the digest.
        PostgresQuery(
            """
            SELECT visitor, date_trunc('milliseconds', first_seen), user_id, date_trunc('milliseconds', last_seen),
                   traits::text
              FROM person
             WHERE site_id = $1 AND last_seen >= $2 AND first_seen < $3
               AND (date_trunc('milliseconds', first_seen), visitor) > ($4, $5::bigint)
             ORDER BY date_trunc('milliseconds', first_seen), visitor LIMIT $6
            """,
            Parameters(
                query.site.rawValue,
                query.period.start,
                query.period.end,
                after.map { PostgresTimestamp($0.time) } ?? .negativeInfinity,
                Int(truncatingIfNeeded: after?.digest ?? 0),
                limit
            )
        )
    }
}

extension ListedRow {
    fileprivate init(user row: borrowing StreamedRow) throws {
        let (visitor, first, user, last, traits) = try row.decode(
            (Int, PostgresTimestamp, String, PostgresTimestamp, String).self
        )
        self.init(
            values: [
                .text(user), .text(Timestamp(first).textInMilliseconds), .text(Timestamp(last).textInMilliseconds),
                .json(traits),
            ],
            cursor: ListCursor(
                time: Timestamp(first),
                digest: UInt64(bitPattern: Int64(visitor)),
                count: 1
            )
        )
    }
}

extension PostgresTimestamp {
    fileprivate init(_ moment: Timestamp) { self.init(microseconds: moment.postgresMicroseconds) }
}
