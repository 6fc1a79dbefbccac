import Testing

@testable import Agents

struct AgentParserTests {
    @Test func answersAreKept() throws {
        let parser = AgentParser(rules: .builtIn)
        let request = AgentRequest(agent: "iPhone")
        let first = parser.facts(of: request)
        #expect(first.device == .phone)
        #expect(parser.facts(of: request) == first)
        // The hints are part of what is asked.
        let hinted = parser.facts(of: AgentRequest(agent: "iPhone", hints: ClientHints(brands: "Brave;v=1")))
        #expect(hinted.browser == "Brave")
        let counts = parser.counts
        #expect((counts.hits, counts.misses, counts.entries) == (1, 2, 2))
        #expect((500...4_000).contains(counts.bytes))
    }

    @Test func itsMemoryIsBounded() {
        let parser = AgentParser(rules: .builtIn, entries: 100, bytes: 50_000)
        for number in 0..<1_000 {
            _ = parser.facts(of: AgentRequest(agent: "iPhone \(number) " + String(repeating: "x", count: 500)))
        }
        let counts = parser.counts
        #expect(counts.bytes <= 50_000)
        #expect((20..<100).contains(counts.entries))
        #expect(counts.misses == 1_000)
    }

    @Test func threadsShareIt() async {
        let parser = AgentParser(rules: fetched ?? .builtIn, entries: 60)
        let requests =
            Sample.all(in: "browsers").map { AgentRequest(agent: $0.agent) }
            + Sample.all(in: "known").map { AgentRequest(agent: $0.agent) }
        let expected = requests.map(parser.rules.facts)
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for index in 0..<400 {
                        let place = (index * (task + 1)) % requests.count
                        let facts = parser.facts(of: requests[place])
                        #expect(facts == expected[place])
                    }
                }
            }
        }
        let counts = parser.counts
        #expect(counts.hits + counts.misses == 3_200)
        #expect(counts.entries <= 60)
    }
}
