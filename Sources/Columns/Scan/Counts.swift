/// The counts of a group of hits and visits.
struct Counts: Sendable {
    var tally = Tally()
    var whole = WholeVisits()
    var engagement = Engagement()
    var money = MoneySums()

    /// Adds the counts of other visitors.
    mutating func add(_ other: Counts) {
        tally.add(other.tally)
        whole.add(other.whole)
        engagement.add(other.engagement)
        money.add(other.money)
    }
}
