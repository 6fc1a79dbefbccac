import Analytics

/// The parameters of a list of visits, apart from those of the dashboard.
struct VisitListParameters {
    /// The visits that are wanted; the newest ones where no place can be read.
    private(set) var range = VisitQuery.Range.newest
    /// The other parameters, still encoded.
    let rest: String

    /// - Parameter query: The query string, still encoded.
    init(_ query: String) {
        var rest: [Substring] = []
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let place = halves.dropFirst().first.flatMap { VisitKey(String($0)) }
            switch halves[0] {
            case "before": range = place.map { .before($0) } ?? range
            case "after": range = place.map { .after($0) } ?? range
            default: rest.append(pair)
            }
        }
        self.rest = rest.joined(separator: "&")
    }
}
