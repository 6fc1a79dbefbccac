import Analytics

/// The parameters of a list of visits, apart from those of the dashboard.
struct VisitListParameters {
    /// The visits that are wanted; the newest ones where no place can be read.
    let range: VisitQuery.Range
    /// The other parameters, still encoded.
    let rest: String

    /// - Parameter query: The query string, still encoded.
    init(_ query: String) {
        let own = ViewParameters(query, ["before", "after"])
        let after = own.last("after").flatMap { VisitKey($0) }
        let before = own.last("before").flatMap { VisitKey($0) }
        range = after.map { .after($0) } ?? before.map { .before($0) } ?? .newest
        rest = own.rest
    }
}
