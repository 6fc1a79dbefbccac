import Analytics
import Columns

/// Queries that one pass over the hits of a site can answer.
struct QueryBatch: Sendable {
    /// The places of the queries among those that were asked.
    private(set) var places: [Int]
    private(set) var asked: [KeptQuery]
    /// The days (UTC) whose parts they need, in days since 1970.
    private(set) var days: ClosedRange<Int>

    private init(_ asked: KeptQuery, at place: Int) {
        let query = asked.query
        let first = query.period.start.milliseconds / Part.length
        let last = (query.period.end.milliseconds - 1) / Part.length
        (places, self.asked) = ([place], [asked])
        days = Timeline.days(for: first...max(first, last))
    }

    var queries: [Query] { asked.map(\.query) }
    var site: SiteID { asked[0].query.site }
    var includesBots: Bool { asked[0].query.includesBots }

    /// Distributes queries over passes.
    ///
    /// Queries about times far from each other are not of one pass, which would look at all days between them.
    ///
    /// - Parameter queries: The queries.
    /// - Returns: The batches.
    static func batches(of queries: [KeptQuery]) -> [QueryBatch] {
        let single = queries.enumerated().map { QueryBatch($0.element, at: $0.offset) }
        return single.sorted { $0.days.lowerBound < $1.days.lowerBound }.reduce(into: []) { batches, other in
            if let place = batches.lastIndex(where: { $0.accepts(other) }) {
                batches[place].join(other)
            } else {
                batches.append(other)
            }
        }
    }

    private func accepts(_ other: QueryBatch) -> Bool {
        let (mine, its) = (asked[0].query, other.asked[0].query)
        return mine.site == its.site && mine.includesBots == its.includesBots && mine.goals == its.goals
            && mine.pageRules == its.pageRules && days.overlaps(other.days)
    }

    private mutating func join(_ other: QueryBatch) {
        places += other.places
        asked += other.asked
        days = min(days.lowerBound, other.days.lowerBound)...max(days.upperBound, other.days.upperBound)
    }
}
