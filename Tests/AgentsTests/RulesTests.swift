import Foundation
import Support
import SystemPackage
import Testing

@testable import Agents

/// Reads rules as those of a file.
func readRules(_ text: String) throws -> AgentRules {
    AgentRules(try JSONDecoder().decode(RulesDocument.self, from: Data(text.utf8)))
}

/// Rules, and the files that they are in.
struct RulesTests {
    @Test func aPatternThatDoesNotCompileIsReported() throws {
        let rules = try readRules(
            """
            {"format": 1, "sources": [{"name": "a", "version": "1"}], "notice": "",
            "agents": [{"pattern": "(a"}, {"pattern": "(Fox)/(\\\\d+)"}], "systems": [{"pattern": ""}],
            "bots": ["[\\\\w\\\\d-.]", "bot"],
            "crawlers": [{"pattern": "*", "tags": []}, {"pattern": "a bot", "tags": ["x", "y"]}]}
            """
        )
        #expect(rules.sources.map(\.description) == ["a 1"])
        #expect(rules.facts(of: AgentRequest(agent: "Fox/12")).text == "Fox · 12 · – · – · –")
        #expect(rules.skipped.map(\.list) == [.agents, .systems, .bots])
        #expect(rules.skipped.map(\.pattern) == ["(a", "", #"[\w\d-.]"#])
        #expect(rules.skipped.first?.description == "agents: (a: missing closing parenthesis at byte 2")
        #expect(rules.facts(of: AgentRequest(agent: "a bot")).bot == Bot(name: "a bot", kind: "x,y"))
        #expect(rules.skipped.last?.list == .crawlers)
    }

    @Test(arguments: [
        (#"{"pattern": "(a)(b)?(c)?"}"#, "a", "a"), (#"{"pattern": "(a)(b)?(c)?"}"#, "ac", "a"),
        (#"{"pattern": "(a)(b)?(c)?"}"#, "abc", "a b.c"),
        (#"{"pattern": "(a)(b)", "name": "$1 $2$9$", "major": "7", "minor": "$1"}"#, "ab", "a b$ 7.a"),
        (#"{"pattern": "a", "name": " ", "major": "", "minor": "1"}"#, "a", ""),
        (#"{"pattern": "(a.b)"}"#, "a\u{7}b", ""),
        (#"{"pattern": "(.*)"}"#, String(repeating: "é", count: 60), String(repeating: "é", count: 50)),
        (#"{"pattern": "(a)(b)()()()()()()()()()(c)"}"#, "abc", "a b"),
        (#"{"pattern": "(?=(a))a\\K"}"#, "a", "a"),
    ])
    func partsComeFromGroupsAndTemplates(rule: String, agent: String, expected: String) throws {
        let rules = try readRules(#"{"agents": [\#(rule)], "bots": ["x"]}"#)
        let facts = rules.facts(of: AgentRequest(agent: agent))
        #expect([facts.browser, facts.browserVersion].compactMap { $0 }.joined(separator: " ") == expected)
    }

    @Test func theGroupsOfAnEarlierSearchDoNotCount() throws {
        let rules = try readRules(
            #"{"agents": [{"pattern": "(a)(b)(c)(d)$"}, {"pattern": "(a)(?:(b)(c))?"}], "bots": ["x"]}"#
        )
        #expect(rules.facts(of: AgentRequest(agent: "a")).text == "a · – · – · – · –")
        let searcher = Searcher()
        let (long, short) = (try Pattern("(a)(b)(c)"), try Pattern("(a)(x)?"))
        #expect(searcher.groups(of: long, in: "abc".utf8Span.span)?.count == 4)
        #expect(searcher.groups(of: short, in: "abc".utf8Span.span)?.count == 2)
    }

    @Test func aSearchThatTakesTooLongFindsNothing() throws {
        let rules = try readRules(#"{"bots": ["^(a+)+$|b"]}"#)
        // Each letter more doubles the steps until the second branch is tried.
        for (letters, isFound) in [(8, true), (20, false)] {
            let facts = rules.facts(of: AgentRequest(agent: String(repeating: "a", count: letters) + "!b"))
            #expect((facts.bot != nil) == isFound)
        }
    }

    @Test func withoutAFileTheCommonestBotsAreKnown() {
        let rules = AgentRules.builtIn
        #expect(rules.skipped == [] && rules.sources == [])
        for sample in Sample.all(in: "known") {
            let bot = rules.facts(of: AgentRequest(agent: sample.agent)).bot
            #expect(bot == (sample.expected.hasPrefix("bot") ? Bot(kind: "other") : nil), "\(sample.agent)")
        }
        for sample in Sample.all(in: "browsers") {
            let facts = rules.facts(of: AgentRequest(agent: sample.agent))
            #expect(facts.bot == nil && facts.browser == nil && facts.os == nil)
            #expect(facts.device.map { sample.expected.hasSuffix($0.rawValue) } == true, "\(sample.agent)")
        }
    }

    @Test func damagedFilesAreRefused() async throws {
        try await withScratch { path in
            let path = path.string
            func reason(_ text: String?) throws -> RulesFailure.Reason? {
                if let text { try Data(text.utf8).write(to: URL(filePath: path)) }
                return #expect(throws: RulesFailure.self) { try AgentRules(reading: path) }?.reason
            }
            #expect(try reason(nil) == .unreadable)
            #expect(try reason("") == .malformed)
            #expect(try reason("{\"agents\": []}") == .malformed)
            #expect(try reason(#"{"format": 1, "agents": [{"name": "a"}]}"#) == .malformed)
            #expect(try reason(#"{"format": 2, "agents": 5}"#) == .format(2))
            #expect(try reason(String(repeating: " ", count: AgentRules.bytesOfFile + 1)) == .tooLarge)
            #expect(RulesFailure(path: "/a", reason: .format(2)).description.contains("/a have the unknown format 2"))
            try Data(#"{"format": 1, "bots": ["x"]}"#.utf8).write(to: URL(filePath: path))
            #expect(try AgentRules(reading: path).facts(of: AgentRequest(agent: "x")).bot != nil)
            #expect(AgentRules.firstFile(of: ["\(path)-none", path, "/"]) == path)
            #expect(AgentRules.firstFile(of: ["\(path)-none"]) == nil)
        }
    }

    @Test(arguments: [
        (
            "/usr/local/bin/hourglass",
            [
                "/usr/local/bin/agents.json", "/usr/local/share/hourglass/agents.json",
                "/usr/share/hourglass/agents.json",
            ]
        ),
        (
            "/src/.build/release/hourglass",
            ["/src/.build/release/agents.json", "/usr/share/hourglass/agents.json", "/src/.build/agents.json"]
        ),
        (
            "/src/.build/x86_64-unknown-linux-gnu/debug/../release/hourglass",
            [
                "/src/.build/x86_64-unknown-linux-gnu/release/agents.json", "/usr/share/hourglass/agents.json",
                "/src/.build/agents.json",
            ]
        ),
        ("/hourglass", ["/agents.json", "/usr/share/hourglass/agents.json"]),
    ])
    func theUsualPlacesAreKnown(executable: String, places: [String]) {
        #expect(AgentRules.standardPlaces(executable: executable) == places)
    }
}
