/// A rule that finds the name and the version of a browser or a system in an agent.
struct NameRule: Sendable {
    /// A name and a version that a rule has found.
    struct Finding {
        let name: String?
        /// The version to its second number, if it has one.
        let version: String?
        /// The pattern of the rule.
        let pattern: String
    }

    let pattern: Pattern
    /// The name, with `$1` for the first group; that group if nil.
    let name: String?
    /// The first number of the version; the second group if nil.
    let major: String?
    /// The second number of the version; the third group if nil.
    let minor: String?

    /// Finds name and version in an agent; nil if the pattern is not in it.
    func find(in agent: Span<UInt8>, with searcher: borrowing Searcher) -> Finding? {
        guard let places = searcher.groups(of: pattern, in: agent) else { return nil }
        let groups = places.map { place in
            place.map { String(decoding: $0.map { agent[$0] }, as: UTF8.self) } ?? ""
        }
        func part(_ template: String?, group: Int) -> String? {
            CleanText.of(Self.text(template ?? "$\(group)", groups))
        }
        var version = part(major, group: 2)
        if let first = version, let second = part(minor, group: 3) { version = CleanText.of("\(first).\(second)") }
        return Finding(name: part(name, group: 1), version: version, pattern: pattern.text)
    }

    /// A template with the groups in place of `$1` to `$9`.
    private static func text(_ template: String, _ groups: [String]) -> String {
        var parts = template.split(separator: "$", omittingEmptySubsequences: false)[...]
        var text = String(parts.popFirst() ?? "")
        for part in parts {
            if let group = part.first?.wholeNumberValue, group > 0 {
                text += (groups.indices.contains(group) ? groups[group] : "") + part.dropFirst()
            } else {
                text += "$" + part
            }
        }
        return text
    }
}

extension [NameRule] {
    /// Finds name and version by the first rule whose pattern is in an agent.
    func first(in agent: Span<UInt8>, with searcher: borrowing Searcher) -> NameRule.Finding? {
        for rule in self {
            if let finding = rule.find(in: agent, with: searcher) { return finding }
        }
        return nil
    }
}
