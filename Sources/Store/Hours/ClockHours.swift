import Analytics
import Postgres

/// The clock hours of a site that are to be read from the events, because the aggregates do not show all of them.
struct ClockHours: Sendable {
    /// The events from here on are not in the aggregates; in milliseconds since 1970.
    let openSince: Int
    /// The events before are not kept any more; in milliseconds since 1970, 0 if all are.
    let keptSince: Int
    /// The aggregates before may have been moved, as the site keeps its events for a shorter time than the server; in
    /// milliseconds since 1970, 0 if none are.
    let movedBefore: Int
    /// The starts of hours with events that the aggregates do not show, in milliseconds since 1970.
    let waiting: Set<Int>

    static let hour = 3_600_000

    /// Whole clock hours that are read in the same way.
    struct Stretch: Hashable, Sendable {
        let isAggregated: Bool
        /// The times in order, in milliseconds since 1970.
        private(set) var ranges: [Range<Int>] = []
        /// The number of hours.
        private(set) var count = 0

        init(isAggregated: Bool) { self.isAggregated = isAggregated }

        /// Adds an hour, which is after all others, by its start.
        mutating func add(_ start: Int) {
            count += 1
            ranges.append(joining: start..<(start + ClockHours.hour))
        }

        /// The starts of the hours.
        var hours: [Int] { ranges.flatMap { stride(from: $0.lowerBound, to: $0.upperBound, by: ClockHours.hour) } }
    }

    /// Divides clock hours into stretches.
    ///
    /// - Parameters:
    ///   - ranges: Times in order, in milliseconds since 1970, from the start of a clock hour to that of another.
    ///   - longest: The most hours of a stretch.
    /// - Returns: The stretches in order.
    func stretches(of ranges: [Range<Int>], longest: Int) -> [Stretch] {
        var stretches: [Stretch] = []
        for start in ranges.lazy.flatMap({ stride(from: $0.lowerBound, to: $0.upperBound, by: Self.hour) }) {
            let isAggregated = isAggregated(start)
            if stretches.last?.isAggregated != isAggregated || stretches.last?.count == longest {
                stretches.append(Stretch(isAggregated: isAggregated))
            }
            stretches[stretches.count - 1].add(start)
        }
        return stretches
    }

    /// True if the aggregates show all events of the clock hour that begins at a time in milliseconds since 1970.
    func isAggregated(_ start: Int) -> Bool { start < openSince && !waiting.contains(start) }

    /// The views of the aggregates for a time on: those that have all, if some may have been moved, or else the shorter
    /// ones.
    ///
    /// - Parameter start: The first hour that is read, in milliseconds since 1970.
    /// - Returns: The views' names.
    func views(from start: Int) -> (users: String, seconds: String) {
        start < movedBefore ? ("user_hour", "second_count") : ("kept_user_hour", "kept_second_count")
    }
}

extension Connection {
    /// The clock hours of a site that are not in the aggregates, of those that begin within milliseconds since 1970.
    func clockHours(of site: SiteID, within range: Range<Int>) async throws -> ClockHours {
        let query = PostgresQuery(
            """
            SELECT 0, since FROM open_hour
            UNION ALL SELECT 1, kept_since FROM retention
            UNION ALL SELECT 3, events_since FROM site_retention WHERE site_id = $1
            UNION ALL SELECT DISTINCT 2, hour FROM touched_hour
             WHERE site_id IN ($1, every_site()) AND hour >= $2 AND hour < $3
            UNION ALL SELECT DISTINCT 2, date_trunc('hour', second, 'UTC') FROM late_second
             WHERE site_id = $1 AND second >= $2 AND second < $3
            """,
            Parameters(
                site.rawValue,
                Timestamp(milliseconds: range.lowerBound),
                Timestamp(milliseconds: range.upperBound)
            )
        )
        let rows = try await execute(query) { row in
            let (kind, moment) = try row.decode((Int, PostgresTimestamp).self)
            return (kind, moment == .negativeInfinity ? 0 : Timestamp(moment).milliseconds)
        }
        let movedBefore = rows.first { $0.0 == 3 }?.1 ?? 0
        return ClockHours(
            openSince: rows.first { $0.0 == 0 }?.1 ?? 0,
            keptSince: max(rows.first { $0.0 == 1 }?.1 ?? 0, movedBefore),
            movedBefore: movedBefore,
            waiting: Set(rows.filter { $0.0 == 2 }.map(\.1))
        )
    }
}
