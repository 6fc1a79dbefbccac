import Analytics

/// The columns of visits, by visitor and start.
struct VisitColumns: Sendable {
    private(set) var visitors: [UInt64] = []
    /// The starts, in milliseconds since 1970.
    private(set) var starts: [Int] = []
    /// The durations, in milliseconds.
    private(set) var durations: [Int] = []
    /// The places of the hits, the first of which is the one that began the visit.
    private(set) var hits: [Range<Int>] = []
    /// The places of the first and last page views; -1 for none.
    private(set) var entries: [Int] = []
    private(set) var exits: [Int] = []
    private(set) var pageviews: [Int32] = []
    private(set) var events: [Int32] = []
    private(set) var bounces: [Bool] = []
    /// True for those of visitors of a date.
    private(set) var areDated: [Bool] = []

    var count: Int { visitors.count }

    /// - Parameters:
    ///   - visit: The visit.
    ///   - shift: What the places of its hits have moved down by.
    mutating func append(_ visit: Visit, shift: Int) {
        visitors.append(visit.visitor.rawValue)
        starts.append(visit.start.milliseconds)
        durations.append(visit.end.milliseconds - visit.start.milliseconds)
        hits.append(visit.hits.lowerBound - shift..<visit.hits.upperBound - shift)
        entries.append(visit.entry.map { $0 - shift } ?? -1)
        exits.append(visit.exit.map { $0 - shift } ?? -1)
        pageviews.append(Int32(clamping: visit.pageviews))
        events.append(Int32(clamping: visit.events))
        bounces.append(visit.isBounce)
        areDated.append(visit.isDated)
    }
}
