/// The counts of a group of hits and visits.
struct Counts: Sendable {
    var tally = Tally()
    var whole = WholeVisits()
    var engagement = Engagement()
    var money = MoneySums()
}
