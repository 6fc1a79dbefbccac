/// A visit: the hits of one visitor on one site that follow each other without a gap of more than 30 minutes.
///
/// It names hits by their places among the ordered hits that it was derived from. The attributes of a visit (origin,
/// place, agent) are those of its first hit; its entry and exit pages those of the first and last page view.
package struct Visit: Hashable, Sendable {
    package let visitor: Visitor
    /// True if the visitor is one of a date, and not known to be a user.
    package let isDated: Bool
    package let start: Timestamp
    /// The time of the last hit other than engagement.
    package private(set) var end: Timestamp
    /// The places of the hits, the first of which is not engagement.
    ///
    /// Engagement before it is of no visit.
    package private(set) var hits: Range<Int>
    /// The place of the first page view.
    package private(set) var entry: Int?
    /// The place of the last page view.
    package private(set) var exit: Int?
    package private(set) var pageviews = 0
    /// The number of hits other than engagement and impressions.
    package private(set) var events = 0
    private var hasInteraction = false

    /// The time from the first to the last hit other than engagement, below 48 hours.
    package var duration: Duration { .milliseconds(end.milliseconds - start.milliseconds) }

    /// True if there are fewer than two page views and no other interactive hit.
    package var isBounce: Bool { pageviews < 2 && !hasInteraction }

    /// Begins a visit with a hit other than engagement.
    init(first hit: VisitHit, at place: Int) {
        visitor = hit.visitor
        isDated = hit.isDated
        start = hit.time
        end = hit.time
        hits = place..<place
        add(hit, at: place)
    }

    /// Adds the next hit.
    mutating func add(_ hit: VisitHit, at place: Int) {
        hits = hits.lowerBound..<(place + 1)
        switch hit.kind {
        case .engagement: return
        case .impression: break
        case .event:
            events += 1
            if hit.isInteractive { hasInteraction = true }
        case .pageview:
            events += 1
            pageviews += 1
            if entry == nil { entry = place }
            exit = place
        }
        end = hit.time
    }
}
