import Analytics
import Postgres

// The entries of dictionaries, by their ids.
extension Connection {
    func texts(of dictionary: DictionaryKind, _ ids: [Int]) async throws -> [Int: String] {
        try await entries("SELECT id, text FROM \(dictionary.rawValue)", ids) { row in
            let (id, text) = try row.decode((Int, String).self)
            return (id, text)
        }
    }

    func places(_ ids: [Int]) async throws -> [Int: Place] {
        try await entries("SELECT id, country, region, city FROM place", ids) { row in
            let columns = try row.decode((Int, String?, String?, String?).self)
            var place = Place()
            (place.country, place.region, place.city) = (columns.1, columns.2, columns.3)
            return (columns.0, place)
        }
    }

    func agents(_ ids: [Int]) async throws -> [Int: Agent] {
        let sql = "SELECT id, browser, browser_version, os, os_version, device, screen, language FROM agent"
        return try await entries(sql, ids) { row in
            let columns = try row.decode((Int, String?, String?, String?, String?, String?, String?, String?).self)
            var agent = Agent()
            (agent.browser, agent.browserVersion) = (columns.1, columns.2)
            (agent.os, agent.osVersion) = (columns.3, columns.4)
            (agent.device, agent.screen, agent.language) = (columns.5, columns.6, columns.7)
            return (columns.0, agent)
        }
    }

    func origins(_ ids: [Int]) async throws -> [Int: Origin] {
        let sql = """
            SELECT id, source, channel, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term FROM origin
            """
        return try await entries(sql, ids) { row in
            let columns = try row.decode(
                (Int, String?, String?, String?, String?, String?, String?, String?, String?).self
            )
            var origin = Origin()
            (origin.source, origin.channel, origin.referrer) = (columns.1, columns.2, columns.3)
            (origin.utmSource, origin.utmMedium, origin.utmCampaign) = (columns.4, columns.5, columns.6)
            (origin.utmContent, origin.utmTerm) = (columns.7, columns.8)
            return (columns.0, origin)
        }
    }

    private func entries<Entry: Sendable>(
        _ select: String,
        _ ids: [Int],
        _ decode: @Sendable (borrowing StreamedRow) throws -> (Int, Entry)
    ) async throws -> [Int: Entry] {
        guard !ids.isEmpty else { return [:] }
        let query = PostgresQuery(select + " WHERE id = ANY($1::bigint[])", Parameters(PostgresArray(ids)))
        return Dictionary(try await execute(query, decode)) { first, _ in first }
    }
}
