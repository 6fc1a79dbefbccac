/// The table from which the numbers of the hour are counted.
package enum Basis: String, Sendable {
    /// All events of the hour, also those that came without a hit.
    case event
    case hit
}

extension Query {
    /// The basis of `users`, `clicks` and `impressions`; nil if the query asks for none of them.
    ///
    /// Events know nothing but their time and user: with a filter, with another dimension than time, or with machines,
    /// clicks and impressions are those of hits.
    package var basis: Basis? {
        guard metrics.contains(where: \.isOfTheHour) else { return nil }
        return filters.isEmpty && !includesBots && dimensions.allSatisfy(\.isTime) ? .event : .hit
    }
}

extension Metric {
    /// True for the numbers of the hour.
    package var isOfTheHour: Bool { [.users, .clicks, .impressions].contains(self) }

    /// The value where there are no hits.
    package var emptyValue: Report.Value {
        switch self {
        case .visitDuration, .scrollDepth, .timeOnPage, .totalRevenue, .averageRevenue: .none
        case .value: .amounts([])
        default: .count(0)
        }
    }
}
