import Analytics

/// A hit in the list of those of a visit.
struct VisitStepRow {
    private let step: VisitCourse.Step

    init(_ step: VisitCourse.Step) { self.step = step }

    static let columns = [
        Table.Column("Time"), Table.Column("Kind"), Table.Column("Page"), Table.Column("Event"),
        Table.Column("Properties"), Table.Column("To the next", isNumber: true),
    ]

    /// The most characters of the properties that are shown.
    private static let longestProperties = 200

    var cells: [HTML] {
        let page = VisitText.page(step.page).map { ShortName($0).html }
        // Of the other kinds the name says the same.
        let name = step.kind == .event ? ShortName(step.name).html : nil
        return [
            ClockTime(step.time).html, "\(kind)", page ?? "–", name ?? "–", details,
            step.wait.map { "\(VisitText.seconds($0))" } ?? "–",
        ]
    }

    private var kind: String {
        switch step.kind {
        case .pageview: "Page view"
        case .event: step.name == "click" ? "Click" : "Event"
        case .impression: "Impression"
        case .engagement: "Engagement"
        }
    }

    private var details: HTML {
        let props = step.props.map { ShortName($0, most: Self.longestProperties).html }
        let value = step.value.map { "\($0)\(step.currency.map { " \($0)" } ?? "")" }.map { HTML.name($0) }
        let scroll: HTML? = step.scroll.map { "\($0) % seen" }
        let engaged: HTML? = step.engaged.map { "\(VisitText.seconds($0)) visible" }
        let parts = [props, value, scroll, engaged].compactMap(\.self)
        guard let first = parts.first else { return "–" }
        return parts.dropFirst().reduce(first) { $0 + ", " + $1 }
    }
}
