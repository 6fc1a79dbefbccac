/// A visit: the hits of one visitor on one site that follow each other without a gap of more than 30 minutes.
///
/// It names hits by their places among the ordered hits that it was derived from. The attributes of a visit (origin,
/// place, agent) are those of its first hit; its entry and exit pages those of the first and last page view.
package struct Visit: Hashable, Sendable {
    package let visitor: Visitor
    /// True if the visitor is one of a date, and not known to be a user.
    package let isDated: Bool
    package let start: Timestamp
    /// The places of the hits, the first of which is not engagement.
    ///
    /// Engagement before it is of no visit.
    package private(set) var hits: Range<Int>
    /// The counts of the hits.
    private var tally: VisitTally

    /// The time of the last hit other than engagement.
    package var end: Timestamp { tally.end }
    /// The place of the first page view.
    package var entry: Int? { tally.entry }
    /// The place of the last page view.
    package var exit: Int? { tally.exit }
    package var pageviews: Int { tally.pageviews }
    /// The number of hits other than engagement and impressions.
    package var events: Int { tally.events }

    /// The time from the first to the last hit other than engagement, below 48 hours.
    package var duration: Duration { .milliseconds(end.milliseconds - start.milliseconds) }

    /// True if there are fewer than two page views and no other interactive hit.
    package var isBounce: Bool { pageviews < 2 && !tally.hasInteraction }

    /// Begins a visit with a hit other than engagement.
    init(first hit: VisitHit, at place: Int) {
        visitor = hit.visitor
        isDated = hit.isDated
        start = hit.time
        hits = place..<(place + 1)
        tally = VisitTally(first: hit, at: place)
    }

    /// Adds the next hit.
    mutating func add(_ hit: VisitHit, at place: Int) {
        hits = hits.lowerBound..<(place + 1)
        tally.add(hit, at: place)
    }
}
