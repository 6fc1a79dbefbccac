/// A question about the hits and visits of a site.
package struct Query: Hashable, Sendable {
    /// A column by which the rows are ordered.
    package struct Order: Hashable, Sendable {
        package enum Column: Hashable, Sendable {
            case metric(Metric)
            case dimension(Dimension)
        }

        package var column: Column
        package var isDescending: Bool

        package init(_ column: Column, isDescending: Bool) {
            self.column = column
            self.isDescending = isDescending
        }
    }

    package var site: SiteID
    package var period: Period
    /// The time zone of its dates (IANA).
    package var zone: String
    /// The numbers, each once.
    package var metrics: [Metric]
    /// The dimensions, each once; without any, the answer is one row.
    package var dimensions: [Dimension]
    /// The conditions, all of which a hit has to meet.
    package var filters: [Filter]
    /// The order; rows that are equal in it follow the bytes of their texts.
    package var order: [Order]
    /// The most rows.
    package var limit: Int
    /// The rows that are left out at the beginning.
    package var offset: Int
    /// The goals of the site, by which filters and rows may go.
    package var goals: [Goal]
    /// The patterns that join pages: a path is the first that it matches.
    package var pageRules: [String]
    /// True to count the hits of machines too.
    package var includesBots: Bool

    package init(site: SiteID, period: Period, zone: String = "UTC", metrics: [Metric], dimensions: [Dimension] = []) {
        self.site = site
        self.period = period
        self.zone = zone
        self.metrics = metrics
        self.dimensions = dimensions
        filters = []
        order = []
        limit = Self.limits.rows
        offset = 0
        goals = []
        pageRules = []
        includesBots = false
    }

    /// The limits of a question.
    package static let limits = (
        metrics: 20, dimensions: 4, tests: 50, depth: 8, values: 500, patternBytes: 1000, groups: 1_000_000,
        rows: 10_000, years: 10
    )

    /// The order in which the rows come: the one asked for, or else time ascending and the first metric descending.
    package var effectiveOrder: [Order] {
        if !order.isEmpty { return order }
        let times = dimensions.filter(\.isTime).map { Order(.dimension($0), isDescending: false) }
        return times + metrics.prefix(1).map { Order(.metric($0), isDescending: true) }
    }
}

extension Dimension {
    package var isTime: Bool { if case .time = self { true } else { false } }
}
