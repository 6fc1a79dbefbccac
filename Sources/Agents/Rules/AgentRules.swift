/// The rules by which agents are read; compiled once, and shared by all threads.
package struct AgentRules: Sendable {
    /// The rules of a server without a file of them: classes of devices, the commonest bots, and client hints.
    package static let builtIn = AgentRules(RulesDocument())

    /// The projects that the rules come from; none if they are built in.
    package let sources: [RulesSource]
    let agents: [NameRule]
    let systems: [NameRule]
    let bots: [Pattern]
    let devices: [DeviceRule]
    let crawlers: CrawlerNames
    private let skippedAtStart: [SkippedPattern]

    init(_ document: RulesDocument) {
        var skipped: [SkippedPattern] = []
        sources = document.sources
        agents = document.agents.compactMap { NameRule($0, of: .agents, skipped: &skipped) }
        systems = document.systems.compactMap { NameRule($0, of: .systems, skipped: &skipped) }
        // Also if there is a file: Debian's has no bots.
        bots = (document.bots.isEmpty ? BuiltInBots.patterns : document.bots).compactMap {
            skipped.compile($0, for: .bots, ignoresCase: true)
        }
        devices = DeviceRule.all.compactMap { device, text in
            skipped.compile(text, for: .devices, ignoresCase: true).map { DeviceRule(device: device, pattern: $0) }
        }
        crawlers = CrawlerNames(document.crawlers)
        skippedAtStart = skipped
    }

    /// The patterns that do not compile; those of crawlers are known only after the first bot.
    package var skipped: [SkippedPattern] {
        skippedAtStart + crawlers.skipped
    }
}

extension NameRule {
    /// Compiles a rule; nil, and an entry more of those that are skipped, if its pattern does not compile.
    fileprivate init?(_ rule: RulesDocument.Rule, of list: SkippedPattern.List, skipped: inout [SkippedPattern]) {
        guard let pattern = skipped.compile(rule.pattern, for: list) else { return nil }
        self.init(pattern: pattern, name: rule.name, major: rule.major, minor: rule.minor)
    }
}
