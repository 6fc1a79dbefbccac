/// The file with the rules, as `.ci/agents.py` writes it.
struct RulesDocument: Decodable {
    /// The version of the format that this program reads.
    static let format = 1

    struct Rule: Decodable {
        let pattern: String
        var name: String?
        var major: String?
        var minor: String?
    }

    struct Crawler: Decodable {
        let pattern: String
        let tags: [String]
    }

    var sources: [RulesSource] = []
    var agents: [Rule] = []
    var systems: [Rule] = []
    var bots: [String] = []
    var crawlers: [Crawler] = []
}

extension RulesDocument {
    private enum Key: CodingKey {
        case sources, agents, systems, bots, crawlers
    }

    /// Reads a document, in which each list may be missing.
    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Key.self)
        sources = try members.decodeIfPresent([RulesSource].self, forKey: .sources) ?? []
        agents = try members.decodeIfPresent([Rule].self, forKey: .agents) ?? []
        systems = try members.decodeIfPresent([Rule].self, forKey: .systems) ?? []
        bots = try members.decodeIfPresent([String].self, forKey: .bots) ?? []
        crawlers = try members.decodeIfPresent([Crawler].self, forKey: .crawlers) ?? []
    }
}

/// The beginning of every version of the format.
struct RulesFormat: Decodable {
    let format: Int
}
