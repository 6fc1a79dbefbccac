/// The counts of a group that a scan touches for each hit.
///
/// Sixteen bytes, four groups to a line of a cache: with all counts of a group beside each other (40 bytes) the tallies
/// of a dashboard did not stay in the cache, and took a quarter of its time.
struct Tally: Sendable {
    var visitors: UInt32 = 0
    var pageviews: UInt32 = 0
    var events: UInt32 = 0
    /// The number of the last visitor that was counted; 0 for none.
    private var lastVisitor: UInt32 = 0

    /// Adds a visit that has all of its hits in the group.
    @inline(__always)
    mutating func add(visitOf visitor: UInt32, pageviews: UInt32, events: UInt32) {
        self.pageviews += pageviews
        self.events += events
        note(visitor: visitor)
    }

    /// Adds a hit of a visitor.
    @inline(__always)
    mutating func add(hitOf visitor: UInt32, _ mark: UInt8) {
        add(mark)
        note(visitor: visitor)
    }

    /// Adds a hit.
    @inline(__always)
    mutating func add(_ mark: UInt8) {
        // Page views are events, and have the lowest mark of a kind; without branches, since nothing foretells kinds.
        let kind = mark & HitColumns.kinds
        pageviews += kind == HitColumns.pageview ? 1 : 0
        events += kind <= HitColumns.event ? 1 : 0
    }

    /// Adds a hit of a visitor that is not of engagement, without a branch for those that are.
    @inline(__always)
    mutating func add(passing mark: UInt8, of visitor: UInt32) {
        add(mark)
        let counted = mark & HitColumns.kinds == HitColumns.engagement ? lastVisitor : visitor
        visitors += lastVisitor == counted ? 0 : 1
        lastVisitor = counted
    }

    /// Notes a visitor, whose hits come one after another.
    @inline(__always)
    mutating func note(visitor: UInt32) {
        visitors += lastVisitor == visitor ? 0 : 1
        lastVisitor = visitor
    }

    /// Adds the counts of other visitors.
    mutating func add(_ other: Tally) {
        visitors += other.visitors
        pageviews += other.pageviews
        events += other.events
    }

    /// True if none of the counts of some visitors is greater.
    func holds(_ other: Tally) -> Bool {
        visitors >= other.visitors && pageviews >= other.pageviews && events >= other.events
    }

    /// Takes out the counts of some of the visitors.
    mutating func remove(_ other: Tally) {
        visitors -= other.visitors
        pageviews -= other.pageviews
        events -= other.events
    }
}

/// The counts of a group for which few queries ask.
struct RareTally: Sendable {
    var visits: UInt32 = 0
    var clicks: UInt32 = 0
    var impressions: UInt32 = 0
    /// The number of the last visit that was counted; 0 for none.
    private var lastVisit: UInt32 = 0
    /// The hits without a visitor, the reports of engagement and the visits by which the group is found even if no hit of
    /// a visitor counts.
    var found: UInt32 = 0

    /// True if the group was found, whatever hits of visitors count.
    var isPresent: Bool { found > 0 || visits > 0 }

    /// Notes a visit, whose hits come one after another.
    @inline(__always)
    mutating func note(visit: UInt32) {
        if lastVisit != visit { visits += 1 }
        lastVisit = visit
    }

    /// Adds the counts of other visitors.
    mutating func add(_ other: RareTally) {
        found += other.found
        visits += other.visits
        clicks += other.clicks
        impressions += other.impressions
    }

    /// True if none of the counts of some visitors is greater.
    func holds(_ other: RareTally) -> Bool {
        found >= other.found && visits >= other.visits && clicks >= other.clicks && impressions >= other.impressions
    }

    /// Takes out the counts of some of the visitors.
    mutating func remove(_ other: RareTally) {
        found -= other.found
        visits -= other.visits
        clicks -= other.clicks
        impressions -= other.impressions
    }
}

/// Sums over the visits of a group that start in the period.
struct WholeVisits: Sendable {
    var count = 0
    /// In milliseconds.
    var duration = 0
    var pageviews = 0
    var events = 0
    /// The visits that count for the rate of bounces.
    var entered = 0
    var bounces = 0

    /// Adds the sums of other visits.
    mutating func add(_ other: WholeVisits) {
        count += other.count
        duration += other.duration
        pageviews += other.pageviews
        events += other.events
        entered += other.entered
        bounces += other.bounces
    }

    /// Takes out the sums of some of the visits.
    mutating func remove(_ other: WholeVisits) {
        count -= other.count
        duration -= other.duration
        pageviews -= other.pageviews
        events -= other.events
        entered -= other.entered
        bounces -= other.bounces
    }
}

/// What reports of engagement tell of a group.
struct Engagement: Sendable {
    /// The sum over visits of the greatest depths of scrolling, in per cent, and their number.
    private(set) var depths = (sum: 0, count: 0)
    /// The visible time, in milliseconds, and the number of visits that told it.
    private(set) var engaged = (sum: 0, count: 0)
    /// The last visit with a depth, its greatest one, and the last visit with a time.
    private var last = (deepVisit: UInt32(0), depth: 0, engagedVisit: UInt32(0))

    /// Notes a depth of scrolling of a visit; its hits come one after another.
    mutating func note(depth: Int, of visit: UInt32) {
        if last.deepVisit == visit {
            depths.sum += max(0, depth - last.depth)
            last.depth = max(last.depth, depth)
        } else {
            depths.sum += depth
            depths.count += 1
            (last.deepVisit, last.depth) = (visit, depth)
        }
    }

    mutating func note(engaged milliseconds: Int, of visit: UInt32) {
        engaged.sum += milliseconds
        if last.engagedVisit != visit { engaged.count += 1 }
        last.engagedVisit = visit
    }

    /// Adds what other visits tell.
    mutating func add(_ other: Engagement) {
        depths = (depths.sum + other.depths.sum, depths.count + other.depths.count)
        engaged = (engaged.sum + other.engaged.sum, engaged.count + other.engaged.count)
    }

    /// Takes out what some of the visits tell.
    mutating func remove(_ other: Engagement) {
        depths = (depths.sum - other.depths.sum, depths.count - other.depths.count)
        engaged = (engaged.sum - other.engaged.sum, engaged.count - other.engaged.count)
    }
}

/// Sums of the values of the hits of a group, in millionths.
struct MoneySums: Sendable {
    /// By the code of their currency.
    var sums: [UInt32: Int128] = [:]
    /// The sum of the values that count for the revenue of a goal, and their number.
    var revenue: Int128 = 0
    var payments = 0

    /// Adds the values of other hits.
    mutating func add(_ other: MoneySums) {
        sums.merge(other.sums, uniquingKeysWith: +)
        revenue += other.revenue
        payments += other.payments
    }
}
