/// The numbers of a site on a date, without filters; those of a longer time are their sums, but for the visitors.
package struct DayTotal: Hashable, Sendable {
    /// The visitors with a hit on the date.
    package var visitors = 0
    /// The visits that start on the date.
    package var visits = 0
    package var pageviews = 0
    package var events = 0
    /// The visits that are bounces.
    package var bounces = 0
    /// The sum of the durations of the visits, in milliseconds.
    package var duration = 0
    /// The page views of the visits, also after the date.
    package var visitPageviews = 0
    /// The events of the visits, also after the date.
    package var visitEvents = 0
    /// The hits that have no visitor; they are among the page views and events.
    package var hitsWithoutVisitor = 0
    /// True if visitors of the date alone are among the visitors.
    package var hasDatedVisitors = false

    package init() {}

    /// Adds the numbers of another date.
    package static func += (total: inout DayTotal, other: DayTotal) {
        total.visitors += other.visitors
        total.visits += other.visits
        total.pageviews += other.pageviews
        total.events += other.events
        total.bounces += other.bounces
        total.duration += other.duration
        total.visitPageviews += other.visitPageviews
        total.visitEvents += other.visitEvents
        total.hitsWithoutVisitor += other.hitsWithoutVisitor
        total.hasDatedVisitors = total.hasDatedVisitors || other.hasDatedVisitors
    }
}

/// The numbers of a date, with its start.
package struct DatedTotal: Hashable, Sendable {
    package let start: Timestamp
    package let total: DayTotal

    package init(start: Timestamp, _ total: DayTotal) {
        self.start = start
        self.total = total
    }
}

extension Query {
    /// The question for the numbers of a date.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - date: The time from the midnight before the date to the one after it.
    /// - Returns: The query.
    package static func total(of site: SiteID, on date: Period) -> Query {
        Query(site: site, period: date, metrics: [.visitors, .visits, .pageviews, .events, .viewsPerVisit])
    }

    /// True if the numbers of dates are enough for the answer, whatever the period.
    ///
    /// - Parameter isOneDate: True if the period is a date: visitors of several dates may be the same ones.
    /// - Returns: True or false.
    package func isOfTotals(isOneDate: Bool) -> Bool {
        guard filters.isEmpty, !includesBots, dimensions.count <= 1 else { return false }
        let units: [Dimension] = [.time(.day), .time(.week), .time(.weekFromSunday), .time(.month)]
        guard dimensions.allSatisfy(units.contains) else { return false }
        let isByDates = isOneDate || dimensions == [.time(.day)]
        return metrics.allSatisfy { $0 == .visitors ? isByDates : $0.isOfTotals }
    }
}

extension Metric {
    /// True for a number that follows from the sums of those of dates.
    fileprivate var isOfTotals: Bool {
        switch self {
        case .visits, .pageviews, .events, .viewsPerVisit, .eventsPerVisit, .bounceRate, .visitDuration: true
        case .visitors, .users, .clicks, .impressions, .scrollDepth, .timeOnPage, .percentage, .conversionRate,
            .groupConversionRate, .totalRevenue, .averageRevenue, .value:
            false
        }
    }
}
