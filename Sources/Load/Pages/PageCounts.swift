/// The counts of page views that the server should report.
package struct PageCounts: Equatable, Sendable, Encodable {
    /// The visitors with a hit other than an engagement; one who is known by the address alone counts once a date (UTC).
    package var visitors = 0
    /// The visits that start in the range.
    package var visits = 0
    package var pageviews = 0
    /// The visits that start in the range with fewer than two page views and no other interactive hit.
    package var bounces = 0

    package init(visitors: Int = 0, visits: Int = 0, pageviews: Int = 0, bounces: Int = 0) {
        self.visitors = visitors
        self.visits = visits
        self.pageviews = pageviews
        self.bounces = bounces
    }

    static func += (left: inout PageCounts, right: PageCounts) {
        left.visitors += right.visitors
        left.visits += right.visits
        left.pageviews += right.pageviews
        left.bounces += right.bounces
    }
}
