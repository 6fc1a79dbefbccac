/// The numbers of a site in the list of all sites.
package struct SiteNumbers: Sendable {
    package let visitors: Int
    package let pageviews: Int
    /// The visitors of each part of the time, the first one first.
    package let series: [Int]
    /// The visitors of the time before; nil if they cannot be told.
    package let former: Int?
    /// The change of the visitors since then in per cent; nil if it cannot be told.
    package let change: Int?

    /// - Parameters:
    ///   - visitors: The visitors of the time.
    ///   - pageviews: The page views of the time.
    ///   - series: The visitors of each part of the time, the first one first.
    ///   - former: The visitors of the time before.
    ///   - change: The change of the visitors since then in per cent.
    package init(visitors: Int, pageviews: Int, series: [Int], former: Int? = nil, change: Int? = nil) {
        self.visitors = visitors
        self.pageviews = pageviews
        self.series = series
        self.former = former
        self.change = change
    }

    /// The change since the time before.
    var mark: ChangeMark? { change.map { ChangeMark(amount: $0, isNew: former == 0 && visitors > 0) } }
}
