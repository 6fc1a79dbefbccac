import Support
import Testing

@testable import Agents

/// Agents and hints that no browser sends.
struct RobustnessTests {
    /// Parts of agents and hints, so that random texts of them reach the rules' depths.
    private static let parts = [
        "Mozilla/5.0 (", "Windows NT 10.0; ", "iPad; CPU OS 18_6 like Mac OS X", "Android 10; K) ", "Chrome/142.0.0.0 ",
        "Version/26.0 ", "Safari/604.1", "bot", ")", "CFNetwork/1 Darwin/24.1.0", "\"", "\\", ";v=", ",", "?1", "Brave",
        "\u{0}", "é", "\u{301}", "👩‍👩‍👧", " ", "1", ".", "x",
    ]

    @Test(arguments: [UInt64(1), 2, 3, 4]) func randomTextsAreRead(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<5_000 {
            let isMadeOfParts = round.isMultiple(of: 2)
            let texts = (0..<5).map { _ in Self.text(isMadeOfParts, &generator) }
            let hints = ClientHints(brands: texts[1], mobile: texts[2], platform: texts[3], platformVersion: texts[4])
            let request = AgentRequest(agent: texts[0], hints: hints)
            // Few rules match bytes at random.
            let rules = isMadeOfParts ? fetched ?? .builtIn : .builtIn
            let facts = rules.facts(of: request)
            #expect(Self.isConsistent(facts), "\(request)")
        }
    }

    private static func text(_ isMadeOfParts: Bool, _ generator: inout SeededGenerator) -> String {
        let count = Int.random(in: 0...(isMadeOfParts ? 12 : 300), using: &generator)
        if isMadeOfParts {
            return (0..<count).compactMap { _ in parts.randomElement(using: &generator) }.joined()
        }
        return String(decoding: (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }, as: UTF8.self)
    }

    private static func isConsistent(_ facts: AgentFacts) -> Bool {
        let texts = [facts.browser, facts.browserVersion, facts.os, facts.osVersion, facts.bot?.name, facts.bot?.kind]
        for case let text? in texts {
            // A plus may follow a version.
            guard (1...(CleanText.limit + 1)).contains(text.utf8.count), !text.utf8.contains(where: { $0 < 0x20 })
            else {
                return false
            }
        }
        let isBrowser = facts.browser != nil || facts.os != nil || facts.device != nil
        return !(isBrowser && facts.bot != nil)
            && (facts.browser == nil) == (facts.reasons.browser == nil)
            && (facts.os == nil) == (facts.reasons.os == nil)
            && (facts.osVersion == nil) == (facts.reasons.osVersion == nil)
            && (facts.device == nil) == (facts.reasons.device == nil)
            && (facts.bot == nil) == (facts.reasons.bot == nil)
    }
}
