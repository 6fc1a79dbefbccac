import FoundationEssentials

/// The most visited values of a field of a site.
struct TopList: Sendable {
    /// A value with its visitors.
    struct Entry: Codable, Equatable, Sendable {
        let name: String
        let visitors: Int
    }

    let title: String
    /// The short name of the field, as filters have it.
    let field: String
    var entries: [Entry] = []

    /// The lists of the second screen: their titles, and the properties of Plausible's breakdown.
    static let fields = [
        ("pages", "event:page", "page"), ("sources", "visit:source", "source"),
        ("countries", "visit:country", "country"),
    ]
    /// The entries that are read of each.
    private static let limit = 20

    /// Reads the lists of a site.
    ///
    /// - Parameters:
    ///   - client: The client of the server.
    ///   - parameters: The parameters that name the site and the period, each with `&` before it.
    ///   - key: A key or nil.
    /// - Returns: The lists.
    /// - Throws: `APIClient.Failure`
    static func read(_ client: APIClient, _ parameters: String, key: String?) async throws -> [TopList] {
        var lists: [TopList] = []
        for (title, property, name) in fields {
            let target = "/api/v1/stats/breakdown?limit=\(limit)&property=\(property)\(parameters)"
            let body = try await client.found(target, key: key)
            lists.append(TopList(title: title, field: name, entries: entries(body, name: name)))
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
