import Testing

@testable import Agents

/// Agents of real clients, read with the rules that the image has.
@Suite(.needsFetchedRules)
struct SampleTests {
    @Test(arguments: Sample.all(in: "known"))
    func aKnownAgentIsRead(sample: Sample) throws {
        let facts = try #require(fetched).facts(of: AgentRequest(agent: sample.agent))
        #expect(facts.text == sample.expected)
    }

    @Test(arguments: Sample.all(in: "browsers"))
    func aBrowserIsNoBot(sample: Sample) throws {
        let facts = try #require(fetched).facts(of: AgentRequest(agent: sample.agent))
        let text = [facts.browser, facts.os, facts.device?.rawValue].map { $0 ?? "–" }.joined(separator: " · ")
        #expect(text == sample.expected)
        #expect(facts.bot == nil)
    }

    @Test func theSamplesAreComplete() throws {
        let rules = try #require(fetched)
        #expect(Sample.all(in: "known").count == 41)
        let facts = Sample.all(in: "browsers").map { rules.facts(of: AgentRequest(agent: $0.agent)) }
        func counts(_ value: (AgentFacts) -> String?) -> [String: Int] {
            Dictionary(grouping: facts.compactMap(value)) { $0 }.mapValues(\.count)
        }
        #expect(counts(\.device?.rawValue) == ["desktop": 56, "phone": 49, "tablet": 19])
        let systems = ["Android": 26, "Chrome OS": 5, "iOS": 32, "iPadOS": 10, "Linux": 12, "macOS": 19, "Windows": 17]
        #expect(counts(\.os) == systems.merging(["Ubuntu": 3]) { first, _ in first })
        #expect(counts { $0.browser == "Chrome" ? "Chrome" : nil } == ["Chrome": 37])
    }

    @Test func everyPatternCompiles() throws {
        let rules = try #require(fetched)
        #expect(rules.facts(of: AgentRequest(agent: "curl/8.15.0")).bot?.name == "curl")
        #expect(rules.skipped == [])
        #expect(rules.sources.map(\.name) == ["uap-core", "is-bot", "crawler-user-agents"])
    }
}
