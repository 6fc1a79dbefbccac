/// The reason that a question was not answered.
package enum QueryError: Error, Equatable {
    /// Acknowledged events that a store lacks; the texts are the same for every client.
    package enum Gap: String, Sendable {
        case undelivered = "the database was away, and events of that time have still to be stored"
        case setAside = "the database could not store some events of this time, which are set aside"
    }

    /// A part of a question that only the database, or the counting, finds to be wrong.
    package enum Fault: String, Sendable {
        case period = "not a period of at most ten years that ends after it starts"
        case zone = "not a time zone"
        case pattern = "not a regular expression"
        case groups = "more than 1000000 groups: ask for fewer dimensions, or with a filter"
        case hits = "more hits than there is memory for: ask for a shorter period, or raise HOURGLASS_REPORT_MEMORY"
        case dropped = "the events of some of the time are not kept any more: ask for whole hours (UTC)"
        case hours = "more than 10000000 users in clock hours, or seconds with events: ask for a shorter time"
        case cohorts = "more than 60 cohorts: ask for a shorter period, or for longer cohorts"
        case steps = "more than 20000000 times between steps: ask for a shorter period, or with a filter"
        case ties = "more than 200000 hits of the same millisecond, which no list can tell apart"
    }

    /// The store cannot be reached, has too much to do, or is in trouble; the reason is for the log.
    case unavailable(reason: String)
    /// The answer took longer than it may.
    case tooSlow
    /// The counts would not be exact.
    case incomplete(Gap)
    /// The hits of some days have still to be read; asked again, the question goes on from there.
    case building(done: Int, of: Int)
    /// The question cannot be answered.
    case invalid(Fault)
    /// A query is about dates whose hits retention has dropped, and their totals do not tell the answer.
    ///
    /// `since` is the first date whose hits are kept, as in ISO 8601.
    case notKept(since: String, Query)
}

extension QueryError: CustomStringConvertible {
    /// The text for the log.
    package var description: String {
        switch self {
        case .unavailable(let reason): reason
        case .tooSlow: "the answer took too long"
        case .incomplete(let gap): gap.rawValue
        case .building(let done, let all): "the hits of the time are being read: \(done) of \(all) days are done"
        case .invalid(let fault): fault.rawValue
        case .notKept(let since, _):
            "the hits before \(since) are not kept any more: of the dates before there are totals alone, which are "
                + "visits, pageviews, events, views_per_visit, events_per_visit, bounce_rate and visit_duration by whole "
                + "days, weeks or months in the zone of the site, without filters, and visitors by days"
        }
    }
}
