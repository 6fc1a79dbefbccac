package import Analytics

/// The number, and the field by which rows go, of a page about how they came about.
package struct DashboardSource: Sendable {
    package let metric: Metric
    /// The field of the rows; nil for one number.
    package let by: Field?

    /// A field of rows.
    package enum Field: Sendable, Hashable {
        case time(DashboardSeries.Unit)
        case hourOfWeek
        case list(DashboardTab)

        /// The name, as the parameter `by` has it.
        package var name: String {
            switch self {
            case .time(let unit): unit.rawValue
            case .hourOfWeek: "hour_of_week"
            case .list(let tab): tab.field
            }
        }

        /// The heading of the column with the values.
        var column: String {
            switch self {
            case .time(let unit): unit.title
            case .hourOfWeek: "Hour of the week"
            case .list(let tab): tab.column
            }
        }

        /// The field of a name; nil if no panel has it.
        package init?(named name: String) {
            let all =
                DashboardSeries.Unit.allCases.map { Field.time($0) } + [.hourOfWeek]
                + DashboardTab.allCases.map { .list($0) }
            guard let field = all.first(where: { $0.name == name }) else { return nil }
            self = field
        }

        /// A value as pages write it.
        func text(_ value: String) -> String { if case .list(let tab) = self { tab.name(of: value) } else { value } }
    }

    /// - Parameters:
    ///   - metric: The number.
    ///   - field: The field of the rows; nil for one number.
    package init(_ metric: Metric, by field: Field? = nil) {
        self.metric = metric
        by = field
    }

    /// The most rows; nil for all that the API gives.
    package var limit: Int? { if case .list = by { DashboardTab.shown } else { nil } }

    var title: String {
        guard let by else { return MetricText.title(metric) }
        return "\(MetricText.title(metric)) by \(by.column.lowercased())"
    }
}
