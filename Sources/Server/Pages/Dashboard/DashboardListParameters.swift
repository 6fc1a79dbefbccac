import Analytics
import Web

/// The parameters of a whole list, apart from those of the dashboard.
struct DashboardListParameters {
    /// The text that the names contain; empty for all.
    private(set) var search = ""
    /// The column by which the rows go, with `-` before it for the greatest first; nil for the first one.
    private(set) var sort: String?
    /// The rows before the first one.
    private(set) var offset = 0
    /// The other parameters, still encoded.
    let rest: String

    /// - Parameter query: The query string, still encoded.
    init(_ query: String) {
        var rest: [Substring] = []
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.dropFirst().first?.percentDecoded ?? ""
            switch halves[0] {
            case "q": search = String(value.prefix(200))
            case "sort": sort = value
            case "offset": offset = min(max(0, Int(value) ?? 0), Query.limits.groups)
            default: rest.append(pair)
            }
        }
        self.rest = rest.joined(separator: "&")
    }

    /// The part of a list that is shown.
    func slice(of metrics: [Metric]) -> DashboardListPage.Slice {
        let name = sort.map { $0.hasPrefix("-") ? String($0.dropFirst()) : $0 }
        let metric = metrics.first { $0.rawValue == name }
        var slice = DashboardListPage.Slice(sort: metric ?? metrics.first ?? .visitors)
        slice.search = search
        slice.isAscending = metric != nil && sort?.hasPrefix("-") == false
        slice.offset = offset
        return slice
    }
}
