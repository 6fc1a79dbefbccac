import Analytics
import Support
import Testing

@testable import Columns

/// Funnels, retention and paths of parts, apart from any database.
struct JourneyCountTests {
    private static func selection(
        of rows: [HitRow],
        _ random: RandomRows,
        _ lexicon: Lexicon,
        filters: [Filter] = [],
        by dimensions: [Dimension] = []
    ) throws -> HitSelection {
        var builder = PartBuilder(day: RandomRows.day)
        for row in rows { builder.add(row) }
        let timeline = Timeline([builder.part(lexicon, dates: random.dates)], lexicon, dates: random.dates)
        let start = Timestamp(milliseconds: RandomRows.day * Part.length)
        let period = try #require(Period(from: start, to: start.advanced(by: .seconds(86_400))))
        var query = Query(site: Site.standard, period: period, metrics: [], dimensions: dimensions)
        query.filters = filters
        return HitSelection(query, timeline, QueryTables([query], timeline))
    }

    private static func step(_ kind: Goal.Kind, _ properties: [String: String] = [:]) -> Goal {
        Goal(id: GoalID(rawValue: 0), kind, properties: properties)
    }

    /// Hits that differ in what does not order them are one hit: which of them came first does not matter.
    @Test func simultaneousHitsTakeOneStep() async throws {
        var random = SeededGenerator(seed: 1)
        let samples = RandomRows(0, using: &random)
        var rows = [#"{"a": "1"}"#, #"{"a": "2"}"#].map { props in
            var row = HitRow(time: Timestamp(milliseconds: RandomRows.day * Part.length + 5))
            row.visitor = Visitor(rawValue: 1)
            row.codes.name = 5
            row.props = props
            return row
        }
        let steps = [Self.step(.event("Sign up"), ["a": "1"]), Self.step(.event("Sign up"), ["a": "2"])]
        for _ in 0..<2 {
            let hits = try Self.selection(of: rows, samples, samples.lexicon)
            for window in [FunnelQuery.Window.visit, .days(1)] {
                let query = FunnelQuery(hits.query, steps: steps, within: window)
                let report = await FunnelScan(query, hits).counts(by: ScanWorkers()).report(at: .now)
                #expect(report?.steps.map(\.visitors) == [1, 0])
            }
            rows.reverse()
        }
        // A millisecond later it is another hit.
        rows[1].time = rows[0].time.advanced(by: .milliseconds(1))
        let hits = try Self.selection(of: rows, samples, samples.lexicon)
        let query = FunnelQuery(hits.query, steps: steps, within: .visit)
        let report = await FunnelScan(query, hits).counts(by: ScanWorkers()).report(at: .now)
        #expect(report?.steps.last == FunnelReport.Step(visitors: 1, times: StepTimes(median: 1, average: 1)))
    }

    /// Views that differ in their titles alone have the same neighbours, whichever came first.
    @Test func simultaneousViewsHaveTheSameNeighbours() async throws {
        var random = SeededGenerator(seed: 1)
        let samples = RandomRows(0, using: &random)
        var rows = [(1, 1, 0), (2, 1, 5), (2, 2, 5), (3, 1, 9)].map { path, title, time in
            var row = HitRow(time: Timestamp(milliseconds: RandomRows.day * Part.length + time))
            row.visitor = Visitor(rawValue: 1)
            (row.codes.name, row.codes.path, row.codes.title) = (1, UInt32(path), UInt32(title))
            return row
        }
        let titled = Filter.test(Filter.Test(.equals, .hit(.title), ["Two"]))
        for _ in 0..<2 {
            let hits = try Self.selection(of: rows, samples, samples.lexicon, filters: [titled], by: [.hit(.page)])
            let query = PathQuery(hits.query, page: "/1")
            let report = try #require(
                await PathScan(query, hits)?.counts(by: ScanWorkers()).report(limit: 9, offset: 0, at: .now)
            )
            let one = PathReport.Count(visits: 1, pageviews: 1)
            #expect(report.views == one)
            #expect(report.previous.pages == [PathReport.Page(text: "/0", count: one)])
            #expect(report.next.pages == [PathReport.Page(text: "/2", count: one)])
            #expect(report.previous.edge.visits + report.next.edge.visits == 0)
            rows.swapAt(1, 2)
        }
    }

    /// Counts of some visitors and of the others are those of all, also where codes are other ones.
    @Test(arguments: 0..<12 as Range<UInt64>)
    func countsOfVisitorsAddUp(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let samples = RandomRows(900, using: &random)
        let middle = UInt64.random(in: 0..<20, using: &random)
        let isFirst = { (row: HitRow) in row.visitor.map { $0.rawValue < middle } ?? false }
        var other = samples.lexicon
        other.paths = [nil] + other.paths.dropFirst().reversed()
        let others = samples.rows.filter { !isFirst($0) }.map { row in
            var row = row
            if row.codes.path > 0 { row.codes.path = UInt32(other.paths.count) - row.codes.path }
            return row
        }
        let pages: [Dimension] = [.hit(.page)]
        let all = try Self.selection(of: samples.rows, samples, samples.lexicon, by: pages)
        let first = try Self.selection(of: samples.rows.filter(isFirst), samples, samples.lexicon, by: pages)
        let second = try Self.selection(of: others, samples, other, by: pages)
        let moment = Timestamp.now

        let steps = [Self.step(.page("/*")), Self.step(.event("click")), Self.step(.page("/1*"))]
        let funnel = FunnelQuery(all.query, steps: steps, within: .days(1))
        var attempts = await FunnelScan(funnel, first).counts(by: ScanWorkers())
        attempts.add(await FunnelScan(funnel, second).counts(by: ScanWorkers()))
        #expect(
            attempts.report(at: moment) == (await FunnelScan(funnel, all).counts(by: ScanWorkers())).report(at: moment)
        )

        let hours = (0..<24).map { all.query.period.start.advanced(by: .seconds($0 * 3_600)) }
        let buckets = Buckets(starts: hours, labels: hours.map(\.text))
        let retention = RetentionQuery(all.query, by: .day)
        var cohorts = await RetentionScan(retention, first, buckets).counts(by: ScanWorkers())
        cohorts.add(await RetentionScan(retention, second, buckets).counts(by: ScanWorkers()))
        let whole = await RetentionScan(retention, all, buckets).counts(by: ScanWorkers()).report(
            buckets.labels,
            at: moment
        )
        #expect(cohorts.report(buckets.labels, at: moment) == whole)
        #expect(whole.cohorts.flatMap(\.returned).reduce(0, +) > 0)

        let path = PathQuery(all.query, page: "/*")
        var views = try #require(await PathScan(path, first)?.counts(by: ScanWorkers()))
        views.add(try #require(await PathScan(path, second)?.counts(by: ScanWorkers())))
        let paths = try #require(
            await PathScan(path, all)?.counts(by: ScanWorkers()).report(limit: 50, offset: 1, at: moment)
        )
        #expect(views.report(limit: 50, offset: 1, at: moment) == paths)
        #expect(paths.next.total > 3)
    }

    @Test(arguments: [1, 2, 4_097, 30_000], [1, 3, 4_096, 7_776_000_000])
    func ranksAreThoseOfSortedNumbers(count: Int, limit: Int) {
        var random = SeededGenerator(seed: UInt64(count + limit))
        let numbers = (0..<count).map { _ in
            Bool.random(using: &random) ? limit / 3 : Int.random(in: 0..<limit, using: &random)
        }
        let sorted = numbers.sorted()
        for rank in [0, count / 2, count - 1, count / 3, count * 9 / 10] where rank < count {
            #expect(numbers.value(atRank: rank) == sorted[rank])
        }
    }
}
