package import Analytics
import Postgres

extension PostgresStore {
    /// The profile of a named user, with hits that were sent with the name.
    package func user(
        _ visitor: Visitor,
        of site: SiteID,
        from first: UserReport.Cursor?,
        limit: Int
    ) async throws -> UserReport? {
        try await ask { connection in
            guard let person = try await connection.execute(FindPerson(visitor: visitor, site: site)).first else {
                return nil
            }
            // One more tells if there is a next page.
            let found = try await connection.execute(
                UserHits(visitor: visitor, site: site, first: first, limit: limit + 1)
            )
            return UserReport(
                user: person.user,
                traits: person.traits,
                firstSeen: person.firstSeen,
                lastSeen: person.lastSeen,
                hits: found.prefix(limit).map(\.contents),
                next: found.count > limit ? Self.cursor(behind: found.prefix(limit), first) : nil
            )
        }
    }

    /// The place behind a page that begins at a place.
    private static func cursor(
        behind page: ArraySlice<UserHits.Row>,
        _ first: UserReport.Cursor?
    ) -> UserReport.Cursor? {
        guard let last = page.last?.time else { return nil }
        let same = page.reversed().prefix { $0.time == last }.count
        let earlier = same == page.count && first?.time == last ? first?.skipped ?? 0 : 0
        return UserReport.Cursor(time: last, skipped: earlier + same)
    }

    /// The jobs of a site, the last one first.
    package func jobs(of site: SiteID, before last: Int?, limit: Int) async throws -> [Job] {
        try await ask { try await $0.execute(SiteJobs(site: site, last: last ?? .max, limit: limit)) }
    }
}

/// Asks for the profile of a named user.
struct FindPerson: Statement {
    struct Row: Sendable {
        let user: User
        let traits: String
        let firstSeen: Timestamp
        let lastSeen: Timestamp
    }

    static let sql = """
        SELECT user_id, traits::text, (extract(epoch FROM first_seen) * 1000)::bigint, \
        (extract(epoch FROM last_seen) * 1000)::bigint FROM person WHERE site_id = $1 AND visitor = $2
        """
    let visitor: Visitor
    let site: SiteID
    var parameters: Parameters { Parameters(site.rawValue, Int(bitPattern: UInt(visitor.rawValue))) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (user, traits, first, last) = try row.decode((String, String, Int, Int).self)
        return Row(
            user: User(stored: user),
            traits: traits,
            firstSeen: Timestamp(milliseconds: first),
            lastSeen: Timestamp(milliseconds: last)
        )
    }
}

/// Asks for hits that were sent with the name of a user, the latest first.
struct UserHits: Statement {
    struct Row: Sendable {
        let time: Timestamp
        /// The hit as a JSON object.
        let contents: String
    }

    static let sql = "SELECT at, contents FROM user_hits($1, $2, $3, $4, $5)"
    let visitor: Visitor
    let site: SiteID
    let first: UserReport.Cursor?
    let limit: Int

    var parameters: Parameters {
        Parameters(
            site.rawValue,
            Int(bitPattern: UInt(visitor.rawValue)),
            first?.time.milliseconds,
            Int32(clamping: first?.skipped ?? 0),
            Int32(clamping: limit)
        )
    }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (time, contents) = try row.decode((Int, String).self)
        return Row(time: Timestamp(milliseconds: time), contents: contents)
    }
}

/// Asks for the jobs of a site, the last one first.
struct SiteJobs: Statement {
    static let sql = """
        SELECT id, kind, state, progress::float8, error, (extract(epoch FROM created_at) * 1000)::bigint, \
        (extract(epoch FROM ended_at) * 1000)::bigint FROM job WHERE site_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
        """
    let site: SiteID
    /// The id below which those are that are wanted.
    let last: Int
    let limit: Int
    var parameters: Parameters { Parameters(site.rawValue, last, limit) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Job {
        let (id, kind, state, progress, error, created, ended) = try row.decode(
            (Int, String, String, Double, String?, Int, Int?).self
        )
        return Job(
            id: id,
            kind: kind,
            state: state,
            progress: progress,
            error: error,
            created: Timestamp(milliseconds: created),
            ended: ended.map { Timestamp(milliseconds: $0) }
        )
    }
}
