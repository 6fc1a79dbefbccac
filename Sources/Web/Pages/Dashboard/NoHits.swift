/// The reason that a dashboard has no hits, as far as it is known, and the ways to others.
package enum NoHits: Sendable {
    /// The period is empty; the date is the last one with hits, nil if that is not known.
    case period(last: String?)
    /// The period has hits, but none that meets all conditions.
    case conditions
    /// The period has hits that meet all conditions but one.
    case condition(DashboardCondition)
    /// Nothing more is known.
    case unknown

    /// The state in the place of the numbers.
    ///
    /// - Parameters:
    ///   - address: The state of the page.
    ///   - segments: The segments that the reader may use.
    ///   - links: The addresses within the server.
    /// - Returns: The component.
    func state(_ address: DashboardAddress, _ segments: [DashboardSegment], _ links: Links) -> EmptyState {
        switch self {
        case .period(let last): return empty(address, last, links)
        case .condition(let condition):
            let words = condition.words(segments)
            let other = address.removing(condition)
            let rest = other.isFiltered ? " \(all(address, links))" as HTML : nil
            return EmptyState(
                "No hit meets the filters",
                "Without \(words) there are hits in this time.",
                action: "\(LinkButton("Remove this filter", other.link(links)))\(rest)"
            )
        case .conditions:
            let text: HTML = "This time has hits, but removing a single filter does not bring them back."
            return EmptyState("No hit meets the filters", text, action: ways(address, segments, links))
        case .unknown where address.isFiltered:
            return EmptyState(
                "No hit meets the filters",
                "In this time none meets all of them.",
                action: ways(address, segments, links)
            )
        case .unknown: return empty(address, nil, links)
        }
    }

    /// The state of a period without hits, whatever the conditions.
    private func empty(_ address: DashboardAddress, _ last: String?, _ links: Links) -> EmptyState {
        let all = LinkButton("Show all time", address.showing(.all).link(links), .secondary).html
        guard let last, let date = DateText(last)?.full else {
            return EmptyState("No hits in this time", "There may be some at other times.", action: all)
        }
        let day = address.showing(period: [("period", "day"), ("date", last)])
        return EmptyState(
            "No hits in this time",
            "The last hits are of \(date).",
            action: "\(LinkButton("Show \(date)", day.link(links))) \(all)"
        )
    }

    private func all(_ address: DashboardAddress, _ links: Links) -> HTML {
        LinkButton("Remove all filters", address.unfiltered.link(links), .secondary).html
    }

    /// A link for each condition that removes it, and the one that removes all.
    private func ways(_ address: DashboardAddress, _ segments: [DashboardSegment], _ links: Links) -> HTML {
        let items: [HTML] = address.conditions.map { condition in
            let link = address.removing(condition).link(links)
            return "<li><a href=\"\(link)\">Remove \(condition.words(segments))</a></li>"
        }
        return "\(items.count > 1 ? "<ul class=\"ways\">\(items)</ul>" as HTML : nil)\(all(address, links))"
    }
}

extension DashboardCondition {
    /// The condition as a part of a sentence.
    fileprivate func words(_ segments: [DashboardSegment]) -> HTML {
        switch self {
        case .filter(let filter): "\(filter.field) \(filter.words) \(filter.shownValues)"
        case .segment(let id): "segment <strong>\(HTML.name(segments.first { "\($0.id)" == id }?.name ?? id))</strong>"
        }
    }
}
