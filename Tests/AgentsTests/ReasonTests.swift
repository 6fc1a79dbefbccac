import Testing

@testable import Agents

/// The reasons that are told with facts.
struct ReasonTests {
    private static let rules = """
        {"format": 1, "agents": [{"pattern": "(Safari)/(\\\\d+)\\\\.(\\\\d+)"}], "bots": ["crawl"],
        "systems": [{"pattern": "iPhone|iPad", "name": "iOS", "major": "18", "minor": "6"},
        {"pattern": "Windows NT 10", "name": "Windows", "major": "10"}]}
        """

    private func facts(_ agent: String, _ hints: ClientHints = ClientHints()) throws -> AgentFacts {
        try readRules(Self.rules).facts(of: AgentRequest(agent: agent, hints: hints))
    }

    @Test func eachFactHasItsReason() throws {
        let facts = try facts("Windows NT 10; Safari/9.1", ClientHints(brands: "Brave;v=1", mobile: "?1"))
        #expect(facts.text == "Brave · 1 · Windows · 10+ · phone")
        #expect(facts.reasons.browser == .hint(.brands))
        #expect(facts.reasons.os == .rule("Windows NT 10"))
        #expect(facts.reasons.osVersion == .frozen("Windows NT 10"))
        #expect(facts.reasons.device == .hint(.mobile))
        #expect(facts.reasons.bot == nil)
    }

    @Test func theVersionOfSafariIsThatOfIOS() throws {
        let new = try facts("iPad Safari/26.1")
        #expect(new.text == "Safari · 26.1 · iPadOS · 26.1 · tablet")
        #expect((new.reasons.os, new.reasons.osVersion) == (.iPad, .safari))
        #expect(new.reasons.device == .rule("ipad|tablet"))
        let old = try facts("iPhone Safari/25.9")
        #expect(old.text == "Safari · 25.9 · iOS · 18.6 · phone")
        #expect(old.reasons.osVersion == .rule("iPhone|iPad"))
    }

    @Test func aBotHasNothingElse() throws {
        let facts = try facts("Crawler on Windows NT 10", ClientHints(mobile: "?1"))
        #expect(facts.text == "bot · – · other")
        #expect(facts.reasons.bot == .rule("crawl"))
        var expected = AgentFacts()
        expected.bot = Bot(kind: "other")
        expected.reasons.bot = .rule("crawl")
        #expect(facts == expected)
    }

    @Test(arguments: ["", "  ", "\t"]) func anEmptyAgentIsABot(agent: String) throws {
        let facts = try facts(agent, ClientHints(brands: "Brave;v=1"))
        #expect(facts.bot == Bot())
        #expect(facts.reasons.bot == .missing)
    }

    @Test func televisionsAreNoBots() throws {
        #expect(try facts("SmartTV crawl").text == "– · – · – · – · tv")
        #expect(try facts("crawl https://www.a.tv/").bot != nil)
        #expect(try facts("Xbox crawl").text == "– · – · – · – · console")
    }

    @Test(arguments: [
        (Reason.hint(.platformVersion), "the header Sec-CH-UA-Platform-Version says so"),
        (.rule("a"), "the user agent has the pattern a"),
        (.missing, "there is no user agent"),
    ])
    func aReasonHasAText(reason: Reason, text: String) {
        #expect(reason.description == text)
    }
}
