import Analytics

/// The counts of a group of hits and visits.
struct Counts: Sendable {
    var tally = Tally()
    var rare = RareTally()
    var whole = WholeVisits()
    var engagement = Engagement()
    var money = MoneySums()
    /// The sums of the totals of dates that no hit tells any more.
    private(set) var dates = DayTotal()

    /// True if a hit of the group was found, or a visit that the hits of the query belong to.
    var isPresent: Bool { tally.visitors > 0 || rare.isPresent }

    /// Adds the counts of other visitors.
    mutating func add(_ other: Counts) {
        tally.add(other.tally)
        rare.add(other.rare)
        whole.add(other.whole)
        engagement.add(other.engagement)
        money.add(other.money)
        dates += other.dates
    }

    /// Adds the numbers of a date.
    mutating func add(_ date: DayTotal) {
        dates += date
        whole.add(WholeVisits(date))
    }
}

extension WholeVisits {
    fileprivate init(_ date: DayTotal) {
        (count, entered, bounces) = (date.visits, date.visits, date.bounces)
        (duration, pageviews, events) = (date.duration, date.visitPageviews, date.visitEvents)
    }
}
