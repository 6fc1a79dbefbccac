/// The answer to a question about the pages before and after a page.
package struct PathReport: Hashable, Sendable {
    /// Views of the page in question.
    package struct Count: Hashable, Sendable {
        /// The visits that have such views.
        package var visits: Int
        package var pageviews: Int

        package init(visits: Int = 0, pageviews: Int = 0) {
            (self.visits, self.pageviews) = (visits, pageviews)
        }

        package mutating func add(_ other: Count) {
            visits += other.visits
            pageviews += other.pageviews
        }
    }

    /// A page beside the one in question.
    package struct Page: Hashable, Sendable {
        package let text: String
        /// The views beside which it is.
        package var count: Count

        package init(text: String, count: Count) { (self.text, self.count) = (text, count) }
    }

    /// The pages on one side.
    package struct Side: Hashable, Sendable {
        /// The views at which visits begin, or end.
        package let edge: Count
        /// The pages by their visits, and then by the bytes of their texts, within limit and offset.
        package let pages: [Page]
        /// The number of pages without limit and offset.
        package let total: Int

        package init(edge: Count, pages: [Page], total: Int) {
            (self.edge, self.pages, self.total) = (edge, pages, total)
        }
    }

    /// All views of the page.
    package let views: Count
    package let previous: Side
    package let next: Side
    package let coverage: Coverage
    /// The moment at which the hits began to be read.
    package var moment: Timestamp

    package init(views: Count, previous: Side, next: Side, coverage: Coverage, moment: Timestamp = .now) {
        (self.views, self.previous, self.next) = (views, previous, next)
        (self.coverage, self.moment) = (coverage, moment)
    }
}
