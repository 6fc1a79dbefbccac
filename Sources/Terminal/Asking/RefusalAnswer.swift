import FoundationEssentials

/// The hits of a site that were refused in the last seven days.
struct RefusalAnswer: Sendable {
    /// The refused hits of an hour for a reason.
    struct Count: Decodable, Sendable {
        let hour: String
        let reason: String
        let count: Int
    }

    /// A hit that was refused, as far as it was understood.
    struct Hit: Decodable, Sendable {
        /// The members of a hit that are shown.
        struct Fields: Decodable, Sendable {
            let name: String?
            let host: String?
            let path: String?
        }

        let time: String
        let reason: String
        let hit: Fields
    }

    var counts: [Count] = []
    /// The last hits, as the server orders them.
    var hits: [Hit] = []
    /// The reason for which they are missing; nil if they are not.
    var trouble: String?

    /// The reasons with their numbers, in the order of the first hour.
    var reasons: [(reason: String, count: Int)] {
        var found: [(reason: String, count: Int)] = []
        for entry in counts {
            if let place = found.firstIndex(where: { $0.reason == entry.reason }) {
                found[place].count += min(entry.count, .max - found[place].count)
            } else {
                found.append((entry.reason, entry.count))
            }
        }
        return found
    }

    /// The hours in which hits were refused, with their numbers, the first one first.
    var hours: [(hour: String, count: Int)] {
        let sums = Dictionary(counts.map { ($0.hour, $0.count) }, uniquingKeysWith: { $0 + min($1, .max - $0) })
        return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Reads what was refused of a site.
    ///
    /// - Parameters:
    ///   - client: The client of the server.
    ///   - site: The site.
    /// - Returns: The answer.
    static func read(_ client: APIClient, _ site: WatchedSite) async -> RefusalAnswer {
        guard site.key != nil else { return RefusalAnswer(trouble: "a read key shows what was refused of a site") }
        do {
            let target = "/api/v1/refusals" + (site.name.map { "?site=\($0)" } ?? "")
            guard let answer = RefusalAnswer(body: try await client.found(target, key: site.key)) else {
                return RefusalAnswer(trouble: "the answer has another form")
            }
            return answer
        } catch {
            return RefusalAnswer(trouble: "\(error)")
        }
    }

    init(counts: [Count] = [], hits: [Hit] = [], trouble: String? = nil) {
        self.counts = counts
        self.hits = hits
        self.trouble = trouble
    }

    /// Reads an answer of the server; nil if it has another form.
    init?(body: String) {
        guard let answer = try? JSONDecoder().decode(Body.self, from: Data(body.utf8)) else { return nil }
        self.init(counts: answer.counts.filter { $0.count > 0 }, hits: answer.hits)
    }

    private struct Body: Decodable {
        let counts: [Count]
        let hits: [Hit]
    }
}
