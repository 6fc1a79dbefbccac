/// A hit of a visitor who is counted, as far as the borders and counts of visits depend on it.
package struct VisitHit: Hashable, Sendable {
    /// The visitor, or the user whom the visitor is known to be.
    package var visitor: Visitor
    package var time: Timestamp
    /// True if the visitor is one of a date, and not known to be a user.
    package var isDated: Bool
    package var kind: HitKind
    /// True if the hit ends a bounce; only that of an event counts.
    package var isInteractive: Bool

    package init(visitor: Visitor, time: Timestamp, kind: HitKind, isDated: Bool = false, isInteractive: Bool = true) {
        self.visitor = visitor
        self.time = time
        self.isDated = isDated
        self.kind = kind
        self.isInteractive = isInteractive
    }

    /// Takes what counts of a hit; nil for one of a machine or without a visitor.
    ///
    /// - Parameters:
    ///   - hit: The hit.
    ///   - aliases: The users whom visitors of the site are known to be.
    package init?(_ hit: Hit, aliases: [Visitor: Visitor]) {
        guard let visitor = hit.visitor, !hit.flags.contains(.bot) else { return nil }
        let user = aliases[visitor]
        self.init(
            visitor: user ?? visitor,
            time: hit.time,
            kind: HitKind(name: hit.name),
            isDated: user == nil && hit.flags.contains(.dated),
            isInteractive: hit.flags.contains(.interactive)
        )
    }
}

/// The order of visitors, and of the hits of each; hits that are equal here are ordered by `VisitTexts`.
extension VisitHit: Comparable {
    package static func < (first: VisitHit, second: VisitHit) -> Bool {
        if first.visitor != second.visitor { return first.visitor.rawValue < second.visitor.rawValue }
        if first.time != second.time { return first.time < second.time }
        if first.isDated != second.isDated { return second.isDated }
        if first.kind != second.kind { return first.kind.rawValue < second.kind.rawValue }
        return !first.isInteractive && second.isInteractive
    }
}
