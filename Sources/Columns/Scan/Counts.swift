/// The counts of a group of hits and visits.
struct Counts: Sendable {
    /// True if a hit of the group was found, or a visit that the hits of the query belong to.
    var isPresent = false
    var visitors = 0
    var visits = 0
    var pageviews = 0
    var events = 0
    var clicks = 0
    var impressions = 0
    /// Of the visits that start in the period, each in its own group.
    var whole = WholeVisits()
    /// The sum over visits of the greatest depths of scrolling, in per cent, and their number.
    var depths = (sum: 0, count: 0)
    /// The visible time, in milliseconds, and the number of visits that told it.
    var engaged = (sum: 0, count: 0)
    var money = MoneyCounts()
    /// The last visitor and the last visits that were counted, by their numbers in the scan.
    var last = Last()

    /// Sums over visits.
    struct WholeVisits: Sendable {
        var count = 0
        /// In milliseconds.
        var duration = 0
        var pageviews = 0
        var events = 0
        /// The visits that count for the rate of bounces.
        var entered = 0
        var bounces = 0
    }

    /// Sums of values, in millionths.
    struct MoneyCounts: Sendable {
        /// By the code of their currency.
        var sums: [UInt32: Int128] = [:]
        /// The sum of the values that count for the revenue of a goal, and their number.
        var revenue: Int128 = 0
        var payments = 0
    }

    struct Last: Sendable {
        var visitor = -1
        var visit = -1
        var deepVisit = -1
        /// The greatest depth of the last visit that has one.
        var depth = 0
        var engagedVisit = -1
    }

    /// Notes a depth of scrolling of a visit; its hits come one after another.
    mutating func note(depth: Int, of visit: Int) {
        if last.deepVisit == visit {
            depths.sum += max(0, depth - last.depth)
            last.depth = max(last.depth, depth)
        } else {
            depths.sum += depth
            depths.count += 1
            (last.deepVisit, last.depth) = (visit, depth)
        }
    }

    mutating func note(engaged milliseconds: Int, of visit: Int) {
        engaged.sum += milliseconds
        if last.engagedVisit != visit { engaged.count += 1 }
        last.engagedVisit = visit
    }

    /// Adds the counts of other visitors.
    mutating func add(_ other: Counts) {
        isPresent = isPresent || other.isPresent
        visitors += other.visitors
        visits += other.visits
        pageviews += other.pageviews
        events += other.events
        clicks += other.clicks
        impressions += other.impressions
        whole.count += other.whole.count
        whole.duration += other.whole.duration
        whole.pageviews += other.whole.pageviews
        whole.events += other.whole.events
        whole.entered += other.whole.entered
        whole.bounces += other.whole.bounces
        depths = (depths.sum + other.depths.sum, depths.count + other.depths.count)
        engaged = (engaged.sum + other.engaged.sum, engaged.count + other.engaged.count)
        money.sums.merge(other.money.sums, uniquingKeysWith: +)
        money.revenue += other.money.revenue
        money.payments += other.money.payments
    }
}
