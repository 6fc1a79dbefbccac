package import Analytics

/// A step of a funnel, as the parameter `step` of its address has it: `page:/pricing`, `event:Signup` or `goal:Paid`.
package struct FunnelStep: Sendable, Hashable {
    /// The kind of act; the raw value stands before the colon.
    package enum Kind: String, Sendable, CaseIterable {
        case page, event, goal

        var title: String {
            switch self {
            case .page: "Page"
            case .event: "Event"
            case .goal: "Goal"
            }
        }
    }

    package let kind: Kind
    /// The pattern of the page, or the name of the event or the goal.
    package let value: String

    /// - Parameters:
    ///   - kind: The kind of act.
    ///   - value: The pattern of the page, or the name of the event or the goal.
    package init(_ kind: Kind, _ value: String) {
        self.kind = kind
        self.value = value
    }

    /// Reads the value of the parameter; nil for another text.
    package init?(_ text: String) {
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let kind = Kind(rawValue: String(halves[0])), !halves[1].isEmpty else { return nil }
        self.init(kind, String(halves[1]))
    }

    /// The value of the parameter.
    package var text: String { "\(kind.rawValue):\(value)" }
}

extension FunnelQuery.Window {
    /// Reads the value of the parameter `within`: `visit`, or a number of days; nil for another text.
    package init?(_ text: String) {
        if text == "visit" {
            self = .visit
        } else if let days = Int(text), FunnelQuery.limits.days.contains(days) {
            self = .days(days)
        } else {
            return nil
        }
    }

    /// The value of the parameter.
    var text: String {
        switch self {
        case .visit: "visit"
        case .days(let days): "\(days)"
        }
    }

    var title: String {
        switch self {
        case .visit: "One visit"
        case .days(1): "1 day"
        case .days(let days): "\(days) days"
        }
    }
}
