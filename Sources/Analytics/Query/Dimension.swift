/// An attribute by which a query groups or filters.
package enum Dimension: Hashable, Sendable {
    case hit(HitAttribute)
    /// A property of events, by its name.
    case property(String)
    case visit(VisitAttribute)
    case time(TimeUnit)
    /// The goals that a hit reaches: it counts for each of them.
    case goal

    private static let prefixes = (hit: "event:", property: "event:props:", visit: "visit:", time: "time:")
    private static let goalName = "event:goal"
    /// The longest name of a property, in characters.
    private static let longestProperty = 300

    /// Reads the name of a dimension; nil if there is none of the name.
    ///
    /// `time` alone names no unit: that depends on the period.
    package init?(name: String) {
        if name == Self.goalName {
            self = .goal
        } else if let property = name.rest(after: Self.prefixes.property) {
            guard 1...Self.longestProperty ~= property.count else { return nil }
            self = .property(property)
        } else if let attribute = name.rest(after: Self.prefixes.hit).flatMap(HitAttribute.init) {
            self = .hit(attribute)
        } else if let attribute = name.rest(after: Self.prefixes.visit).flatMap(VisitAttribute.init) {
            self = .visit(attribute)
        } else if let unit = name.rest(after: Self.prefixes.time).flatMap(TimeUnit.init) {
            self = .time(unit)
        } else {
            return nil
        }
    }

    /// The name in queries.
    package var name: String {
        switch self {
        case .hit(let attribute): Self.prefixes.hit + attribute.rawValue
        case .property(let name): Self.prefixes.property + name
        case .visit(let attribute): Self.prefixes.visit + attribute.rawValue
        case .time(let unit): Self.prefixes.time + unit.rawValue
        case .goal: Self.goalName
        }
    }

    /// True if the dimension is one of single hits.
    package var isOfHits: Bool {
        switch self {
        case .hit, .property, .goal: true
        case .visit, .time: false
        }
    }

    /// True if the dimension is one of whole visits alone.
    package var isOfVisits: Bool { if case .visit(let attribute) = self { attribute.isPage } else { false } }

    /// The text that stands for no value, in answers and in filters.
    package var blank: String {
        switch self {
        case .visit(.source), .visit(.referrer): "Direct / None"
        case .visit(.channel): "Direct"
        case .property, .hit(.hostname): "(none)"
        default: "(not set)"
        }
    }
}

extension String {
    /// The text after a prefix; nil without it.
    fileprivate func rest(after prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
