import Analytics
import Columns
import Support
import Testing

/// Counts that are brought up to date after changes of parts.
struct ScanCountsTests {
    private static let metrics: [[Metric]] = [
        [.visitors], [.visits, .events, .clicks, .impressions], [.percentage, .pageviews],
        [.bounceRate, .visitDuration, .viewsPerVisit], [.scrollDepth, .timeOnPage], [.visitors, .conversionRate],
    ]

    private static let dimensions: [[Dimension]] = [
        [], [.hit(.page)], [.hit(.name)], [.visit(.exitPage)], [.visit(.country)], [.visit(.entryPage), .hit(.page)],
        [.goal], [.time(.hour)],
    ]

    private static var filters: [[Filter]] {
        let country = Filter.test(Filter.Test(.equals, .visit(.country), ["DE"]))
        let page = Filter.test(Filter.Test(.contains, .hit(.page), ["/1"]))
        return [[], [country], [page], [.done(page)]]
    }

    private static func queries(_ period: Period) -> [Query] {
        dimensions.flatMap { dimensions in
            metrics.enumerated().map { number, metrics in
                var query = Query(site: Site.standard, period: period, metrics: metrics, dimensions: dimensions)
                query.filters = filters[number % filters.count]
                query.goals = [
                    Goal(id: GoalID(rawValue: 1), .event("click")), Goal(id: GoalID(rawValue: 2), .page("/1*")),
                    Goal(id: GoalID(rawValue: 3), .scroll("/2*", depth: 50)),
                ]
                return query
            }
        }
    }

    /// After some changes they are those that are counted anew; pages that nobody had seen may be new.
    @Test(arguments: 0..<6 as Range<UInt64>)
    func areThoseThatAreCountedAnew(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let samples = RandomRows(1_500, using: &random)
        let start = RandomRows.day * Part.length + (seed.isMultiple(of: 2) ? 0 : 20_700_000)
        let end = Timestamp(milliseconds: (RandomRows.day + 1) * Part.length)
        let period = try #require(Period(from: Timestamp(milliseconds: start), to: end))
        let queries = Self.queries(period)
        let shuffled = samples.rows.shuffled(using: &random)
        // Of the first texts alone, as they were when fewer were known.
        var lexicon = samples.lexicon
        lexicon.paths.removeLast(100)
        var part = samples.part(shuffled.prefix(1_000).filter { Int($0.codes.path) < lexicon.paths.count })
        let workers = ScanWorkers()
        var counts = await ScanPass.counts(of: try Self.scans(queries, part, lexicon, samples), by: workers)
        var kept = 0
        for round in 0..<3 {
            var changes: [PartChange] = []
            let late = shuffled.dropFirst(1_000 + round * 100)
            for some in [late.prefix(60), late.dropFirst(40).prefix(60)] {
                let times = some.map { $0.time.milliseconds...$0.time.milliseconds }
                let rows = samples.rows.filter { row in times.contains { $0.contains(row.time.milliseconds) } }
                let users = round == 1 ? [Visitor(rawValue: 22): Visitor(rawValue: 2)] : [:]
                let changed = part.replacing(times, by: rows, users: users, samples.lexicon, dates: samples.dates)
                part = changed.part
                changes.append(changed.change)
            }
            let timeline = Timeline([part], samples.lexicon, dates: samples.dates)
            let slices = try #require(
                await ChangedTimelines.slices(of: timeline, over: [RandomRows.day: changes], by: workers)
            )
            let scans = try [slices.before, slices.after].map { try Self.scans(queries, $0) }
            let replaced = await ScanPass.counts(counts, replacing: scans[0], by: scans[1], workers)
            let all = try Self.scans(queries, timeline)
            let anew = await ScanPass.counts(of: all, by: workers)
            let expected = ScanPass.reports(of: all, anew)
            for (place, some) in replaced.enumerated() {
                guard let some else { continue }
                kept += 1
                var report = try #require(ScanPass.reports(of: [scans[1][place]], [some])[0])
                let other = try #require(expected[place])
                report.moment = other.moment
                #expect(report == other, "\(queries[place])")
            }
            counts = zip(replaced, anew).map { $0 ?? $1 }
        }
        #expect(kept > queries.count * 2)
    }

    private static func scans(
        _ queries: [Query],
        _ part: Part,
        _ lexicon: Lexicon,
        _ samples: RandomRows
    ) throws -> [Scan] {
        try scans(queries, Timeline([part], lexicon, dates: samples.dates))
    }

    private static func scans(_ queries: [Query], _ timeline: Timeline) throws -> [Scan] {
        let tables = QueryTables(queries, timeline)
        let hours = (0..<24).map { Timestamp(milliseconds: RandomRows.day * Part.length + $0 * 3_600_000) }
        let buckets = Buckets(starts: hours, labels: hours.indices.map { "\($0)" })
        return queries.map { Scan($0, timeline, tables, buckets: [.hour: buckets]) }
    }
}
