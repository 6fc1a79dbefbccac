/// The counts of the hits of a visit.
package struct VisitTally: Hashable, Sendable {
    /// The time of the last hit other than engagement.
    package private(set) var end: Timestamp
    /// The place of the first page view.
    package private(set) var entry: Int?
    /// The place of the last page view.
    package private(set) var exit: Int?
    package private(set) var pageviews = 0
    /// The number of hits other than engagement and impressions.
    package private(set) var events = 0
    /// True if an interactive hit other than a page view is among them.
    package private(set) var hasInteraction = false

    /// Begins with a hit.
    package init(first hit: VisitHit, at place: Int) {
        end = hit.time
        add(hit, at: place)
    }

    /// Adds the next hit.
    package mutating func add(_ hit: VisitHit, at place: Int) {
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
