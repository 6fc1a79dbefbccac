import Analytics
import Web

/// The parameters of a page about how a number came about, apart from those of the dashboard.
struct DashboardSourceParameters {
    /// The number, and the field of the rows.
    let source: DashboardSource
    /// The other parameters, still encoded.
    let rest: String

    /// Reads a query string; nil for a number or a field that no panel has.
    ///
    /// - Parameter query: The query string, still encoded.
    init?(_ query: String) {
        var (metric, field): (Metric, DashboardSource.Field?) = (.visitors, nil)
        var rest: [Substring] = []
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.dropFirst().first?.percentDecoded ?? ""
            switch halves[0] {
            case "metric":
                let known = ReasonsReader.metrics.first { $0.rawValue == value }
                guard let number = value.isEmpty ? .visitors : known else { return nil }
                metric = number
            case "by":
                guard let known = DashboardSource.Field(named: value) else { return nil }
                field = known
            default: rest.append(pair)
            }
        }
        source = DashboardSource(metric, by: field)
        self.rest = rest.joined(separator: "&")
    }
}
