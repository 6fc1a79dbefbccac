import Analytics
import Postgres

/// The texts of hits by their ids, for as long as a list is read.
struct TextCache: Sendable {
    private(set) var (names, hosts, paths, titles): ([Int: String], [Int: String], [Int: String], [Int: String]) =
        ([:], [:], [:], [:])
    private(set) var places: [Int: Place] = [:]
    private(set) var agents: [Int: Agent] = [:]
    private(set) var origins: [Int: Origin] = [:]
    /// The names of users by their visitors.
    private(set) var users: [Int: String] = [:]

    /// The entries beyond which those of earlier rows are dropped.
    private static let most = 100_000

    /// Reads the texts of hits that are not there yet.
    ///
    /// - Parameters:
    ///   - hits: The hits.
    ///   - site: Their site.
    ///   - connection: The connection.
    /// - Throws: A `PostgresError`
    mutating func read(_ hits: [SentHit], of site: SiteID, _ connection: Connection) async throws {
        if names.count + hosts.count + paths.count + titles.count + agents.count + origins.count + users.count
            > Self.most
        {
            self = TextCache()
        }
        names.merge(try await connection.texts(of: .name, missing(hits, \.name, names))) { $1 }
        hosts.merge(try await connection.texts(of: .host, missing(hits, \.host, hosts))) { $1 }
        paths.merge(try await connection.texts(of: .path, missing(hits, \.path, paths))) { $1 }
        titles.merge(try await connection.texts(of: .title, missing(hits, \.title, titles))) { $1 }
        places.merge(try await connection.places(missing(hits, \.place, places))) { $1 }
        agents.merge(try await connection.agents(missing(hits, \.agent, agents))) { $1 }
        origins.merge(try await connection.origins(missing(hits, \.origin, origins))) { $1 }
        let visitors = missing(hits.filter { $0.flags.contains(.namedUser) }, \.visitor, users)
        users.merge(try await connection.users(visitors, of: site)) { $1 }
    }

    private func missing<Entry>(
        _ hits: [SentHit],
        _ id: (SentHit) -> Int?,
        _ known: [Int: Entry]
    ) -> [Int] {
        Array(Set(hits.lazy.compactMap(id).filter { known[$0] == nil }))
    }
}

extension Connection {
    /// The names of users by their visitors.
    fileprivate func users(_ visitors: [Int], of site: SiteID) async throws -> [Int: String] {
        guard !visitors.isEmpty else { return [:] }
        let query = PostgresQuery(
            "SELECT visitor, user_id FROM person WHERE site_id = $1 AND visitor = ANY($2::bigint[])",
            Parameters(site.rawValue, PostgresArray(visitors))
        )
        let rows = try await execute(query) { row in
            let (visitor, user) = try row.decode((Int, String).self)
            return (visitor, user)
        }
        return Dictionary(rows) { first, _ in first }
    }
}
