// sources: Sources/Agents/*.swift Sources/Agents/*/*.swift

/// An agent and its client hints, a line each, with the rules that `.ci/fetch-agents` has fetched.
func examine(_ bytes: Span<UInt8>) {
    let lines = String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func line(_ number: Int) -> String? { lines.indices.contains(number) ? lines[number] : nil }
    let request = AgentRequest(
        agent: line(0) ?? "",
        hints: ClientHints(brands: line(1), mobile: line(2), platform: line(3), platformVersion: line(4))
    )
    precondition(request.agent.utf8.count <= AgentRequest.bytesOfAgent)
    let facts = rules.facts(of: request)
    let texts = [facts.browser, facts.browserVersion, facts.os, facts.osVersion, facts.bot?.name, facts.bot?.kind]
    for case let text? in texts {
        // A plus may follow a version.
        precondition((1...(CleanText.limit + 1)).contains(text.utf8.count))
        precondition(text.utf8.allSatisfy { $0 >= 0x20 })
    }
    precondition(facts.bot == nil || (facts.browser == nil && facts.os == nil && facts.device == nil))
}

private let rules = (try? AgentRules(reading: ".build/agents.json")) ?? .builtIn
