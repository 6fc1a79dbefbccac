/// A number that a query asks for; the raw value is its name in queries.
package enum Metric: String, Hashable, Sendable, CaseIterable {
    /// Distinct visitors with a hit other than engagement.
    case visitors
    /// Visits that start in the period.
    case visits
    /// Hits named `pageview`.
    case pageviews
    /// Hits other than engagement and impressions.
    case events
    /// Distinct users of the events of the hour: of clicks and impressions.
    case users
    /// Hits named `click`.
    case clicks
    /// Hits named `impression`.
    case impressions
    /// Page views per visit, of the visits that start in the period; two decimals.
    case viewsPerVisit = "views_per_visit"
    /// Events per visit, of the visits that start in the period; two decimals.
    case eventsPerVisit = "events_per_visit"
    /// The share of visits that are bounces, in whole per cent.
    case bounceRate = "bounce_rate"
    /// The mean duration of visits, in whole seconds.
    case visitDuration = "visit_duration"
    /// The mean over visits of the greatest depth of scrolling, in whole per cent.
    case scrollDepth = "scroll_depth"
    /// The time that a page was visible, per visit that told it, in whole seconds.
    case timeOnPage = "time_on_page"
    /// The share of all visitors of the query, in per cent with one decimal.
    case percentage
    /// The share of the visitors of the same query without filters by goals and properties, and without dimensions, in
    /// per cent with two decimals.
    case conversionRate = "conversion_rate"
    /// The same share of the visitors of the row's group alone.
    case groupConversionRate = "group_conversion_rate"
    /// The sum of the values of hits that reach a goal with a currency, as far as they are in it.
    case totalRevenue = "total_revenue"
    /// The mean of these values.
    case averageRevenue = "average_revenue"
    /// The sums of the values of hits, by currency.
    case value

    /// The side of hits or visits on which a metric is counted.
    package enum Side: Sendable {
        /// Counted on either.
        case either
        case hits
        case visits
    }

    package var side: Side {
        switch self {
        case .visitors, .visits, .percentage, .conversionRate, .groupConversionRate: .either
        case .pageviews, .events, .users, .clicks, .impressions, .scrollDepth, .timeOnPage, .totalRevenue,
            .averageRevenue,
            .value:
            .hits
        case .viewsPerVisit, .eventsPerVisit, .bounceRate, .visitDuration: .visits
        }
    }
}
