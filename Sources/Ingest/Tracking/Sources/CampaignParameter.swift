/// A parameter of a query that tells where a visitor comes from.
enum CampaignParameter {
    enum Field {
        case source, medium, name, content, term
        /// `source`, which names a source without a campaign.
        case plainSource
        /// `ref`, likewise.
        case reference
    }

    case text(Field)
    case click(ClickIDs)

    /// Finds a parameter; nil for one that tells nothing of it.
    init?(_ name: Substring) {
        guard name.utf8.count <= Self.bytesOfLongest, let parameter = Self.byName[name] else { return nil }
        self = parameter
    }

    /// True for the name of a parameter that is never part of a path: of a campaign, or of an advertisement's click.
    static func isLeftOut(_ name: String) -> Bool {
        if prefixes.contains(where: { name.hasPrefix($0) }) { return true }
        if case .click = CampaignParameter(name[...]) { return true }
        return false
    }

    /// The prefixes of Google Analytics, of Matomo, and of Matomo when it was called Piwik.
    private static let prefixes = ["utm_", "mtm_", "pk_"]

    private static let byName: [Substring: CampaignParameter] = {
        let fields: [(name: String, Field)] = [
            ("source", .source), ("medium", .medium), ("campaign", .name), ("content", .content), ("term", .term),
            // Matomo's names of it.
            ("keyword", .term), ("kwd", .term),
        ]
        var parameters: [Substring: CampaignParameter] = ["source": .text(.plainSource), "ref": .text(.reference)]
        for prefix in prefixes {
            for (name, field) in fields { parameters[Substring(prefix + name)] = .text(field) }
        }
        for (name, id) in ClickIDs.parameters { parameters[Substring(name)] = .click(id) }
        return parameters
    }()

    private static let bytesOfLongest = byName.keys.map(\.utf8.count).max() ?? 0
}
