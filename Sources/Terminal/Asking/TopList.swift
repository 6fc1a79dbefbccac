import FoundationEssentials

/// The most visited values of a field of a site.
struct TopList: Sendable {
    /// A value with its visitors.
    struct Entry: Codable, Equatable, Sendable {
        let name: String
        let visitors: Int
    }

    let title: String
    var entries: [Entry] = []

    /// The lists of the second screen: their titles, and the properties of Plausible's breakdown.
    static let fields = [
        ("pages today", "event:page", "page"), ("sources today", "visit:source", "source"),
        ("countries today", "visit:country", "country"),
    ]

    /// Reads the lists of a site.
    ///
    /// - Parameters:
    ///   - client: The client of the server.
    ///   - site: The site.
    /// - Returns: The lists.
    /// - Throws: `APIClient.Failure`
    static func read(_ client: APIClient, _ site: WatchedSite) async throws -> [TopList] {
        var lists: [TopList] = []
        for (title, property, name) in fields {
            let target = "/api/v1/stats/breakdown?period=day&limit=20&property=\(property)\(site.parameters)"
            let answer = try await client.get(target, key: site.key)
            guard answer.status == 200 else { throw APIClient.Failure.refused(status: answer.status) }
            lists.append(TopList(title: title, entries: entries(answer.body, name: name)))
        }
        return lists
    }

    /// The entries in an answer; none if it has another form.
    static func entries(_ body: String, name: String) -> [Entry] {
        // An answer of another form leaves the list empty.
        guard let answer = try? JSONDecoder().decode(Breakdown.self, from: Data(body.utf8)) else { return [] }
        return answer.results.compactMap { row in
            guard case .text(let value)? = row[name], case .number(let visitors)? = row["visitors"] else { return nil }
            return Entry(name: value, visitors: Int(exactly: visitors.rounded()) ?? 0)
        }
    }

    private struct Breakdown: Decodable {
        let results: [[String: Value]]
    }

    private enum Value: Decodable {
        case text(String)
        case number(Double)
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .other
            }
        }
    }
}
