import Analytics
import Web

/// The parameters of a whole list, apart from those of the dashboard.
struct DashboardListParameters {
    /// The text that the names contain; empty for all.
    let search: String
    /// The column by which the rows go, with `-` before it for the greatest first; nil for the first one.
    let sort: String?
    /// The rows before the first one.
    let offset: Int
    /// The other parameters, still encoded.
    let rest: String

    /// - Parameter query: The query string, still encoded.
    init(_ query: String) {
        let own = ViewParameters(query, ["q", "sort", "offset"])
        search = String((own.last("q") ?? "").prefix(200))
        sort = own.last("sort")
        offset = min(max(0, own.last("offset").flatMap { Int($0) } ?? 0), Query.limits.groups)
        rest = own.rest
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
