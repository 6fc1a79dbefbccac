/// The visitors of a period in its parts.
package struct DashboardSeries: Sendable {
    /// The length of the parts.
    package enum Unit: String, Sendable { case hour, day, week, month }

    /// A part.
    package struct Part: Sendable {
        /// The start on the clock of the site: `2026-11-25`, or `2026-11-25 14:00:00`.
        package let label: String
        package let visitors: Int

        /// - Parameters:
        ///   - label: The start on the clock of the site.
        ///   - visitors: The visitors.
        package init(_ label: String, visitors: Int) {
            self.label = label
            self.visitors = visitors
        }
    }

    let unit: Unit
    /// All parts of the period, also those that have not begun.
    let parts: [Part]
    /// The number of parts that have begun.
    let begun: Int
    /// True if the last one that has begun is not over.
    let isOpen: Bool

    /// - Parameters:
    ///   - unit: The length of the parts.
    ///   - parts: All parts of the period.
    ///   - begun: The number of those that have begun.
    ///   - isOpen: True if the last one that has begun is not over.
    package init(_ unit: Unit, parts: [Part], begun: Int, isOpen: Bool) {
        self.unit = unit
        self.parts = parts
        self.begun = min(max(begun, 0), parts.count)
        self.isOpen = isOpen
    }

    /// The dates of the period, as `28 Oct – 24 Nov 2026`; nil without parts.
    var dates: String? {
        guard let first = parts.first.flatMap({ DateText($0.label) }),
            let last = parts.last.flatMap({ DateText($0.label) })
        else { return nil }
        switch unit {
        case .hour, .day:
            if first.full == last.full { return first.full }
            return first.full.hasSuffix(last.full.suffix(4))
                ? "\(first.short) – \(last.full)" : "\(first.full) – \(last.full)"
        case .week: return "\(first.full) – week of \(last.full)"
        case .month: return "\(first.month) – \(last.month)"
        }
    }

    /// A part as its axis names it.
    func short(_ part: Part) -> String {
        guard let date = DateText(part.label) else { return part.label }
        switch unit {
        case .hour: return date.time ?? date.short
        case .day, .week: return date.short
        case .month: return date.month
        }
    }

    /// A part as its row names it.
    func full(_ part: Part) -> String {
        guard let date = DateText(part.label) else { return part.label }
        switch unit {
        case .hour: return "\(date.full), \(date.time ?? "")"
        case .day: return date.full
        case .week: return "Week of \(date.full)"
        case .month: return date.month
        }
    }
}
