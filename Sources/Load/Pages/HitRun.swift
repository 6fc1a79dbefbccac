/// Hits of one visitor on one UTC day without a gap of more than 30 minutes; takes 20 bytes.
///
/// A visit is one run, or several that follow each other over midnights.
struct HitRun: Equatable, Sendable {
    /// Milliseconds since the start of the first day, engagements included.
    private(set) var first: UInt32
    private(set) var last: UInt32
    private(set) var pageviews: UInt32
    /// It has a hit other than a page view that ends a bounce.
    private(set) var isInteractive: Bool
    /// It has a hit other than an engagement.
    private(set) var isCounted: Bool

    init(_ hit: PageHit, at time: UInt32) {
        (first, last) = (time, time)
        pageviews = hit.kind == .pageview ? 1 : 0
        isInteractive = hit.isInteractive
        isCounted = hit.isCounted
    }

    /// The number of the day, counted from the first.
    var day: Int { Int(first / Self.dayLength) }

    /// True if the first hit is at midnight.
    var beginsAtMidnight: Bool { first.isMultiple(of: Self.dayLength) }

    mutating func absorb(_ other: HitRun) {
        first = min(first, other.first)
        last = max(last, other.last)
        pageviews += other.pageviews
        isInteractive = isInteractive || other.isInteractive
        isCounted = isCounted || other.isCounted
    }

    /// A gap of more than 30 minutes, or a midnight, lies between the end of the run and the start of a later one.
    func isApart(from later: HitRun) -> Bool {
        day != later.day || (later.first > last && later.first - last > VisitSource.gap)
    }

    private static let dayLength: UInt32 = 86_400_000
}
