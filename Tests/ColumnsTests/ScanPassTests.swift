import Analytics
import Columns
import Support
import Testing

/// Many queries answered by one pass, which share what is gathered of a block.
struct ScanPassTests {
    private static let dimensions: [[Dimension]] = [
        [], [.hit(.page)], [.hit(.name)], [.visit(.entryPage)], [.visit(.exitPage)], [.visit(.country)],
        [.visit(.source)], [.visit(.browser)], [.visit(.country), .hit(.page)], [.hit(.title)],
    ]

    private static let metrics: [[Metric]] = [[.visitors], [.visitors, .visits], [.percentage]]

    private static func queries(_ period: Period, _ filters: [Filter]) -> [Query] {
        dimensions.flatMap { dimensions in
            metrics.map { metrics in
                var query = Query(site: Site.standard, period: period, metrics: metrics, dimensions: dimensions)
                query.filters = filters
                return query
            }
        }
    }

    /// Filters of visits and of hits, which leave out visits before they are counted if all queries of a pass have them.
    private static var filters: [[Filter]] {
        let country = Filter.test(Filter.Test(.equals, .visit(.country), ["DE"]))
        let page = Filter.test(Filter.Test(.contains, .hit(.page), ["/1"]))
        let entry = Filter.test(Filter.Test(.contains, .visit(.entryPage), ["/2"], isNegated: true))
        let exit = Filter.test(Filter.Test(.contains, .visit(.exitPage), ["/2"]))
        return [
            [], [country], [page], [country, page], [entry], [exit], [.any([country, page])],
            [.any([entry, .not(exit)])], [.not(page)], [.done(page)], [.not(.done(page)), country],
        ]
    }

    /// Together they have the answers that each has alone.
    @Test(arguments: 0..<2 as Range<UInt64>, [0, 20_700_000])
    func answersAreThoseOfSinglePasses(seed: UInt64, shift: Int) async throws {
        var random = SeededGenerator(seed: seed)
        let samples = RandomRows(2_000, using: &random)
        let timeline = Timeline([samples.part(samples.rows)], samples.lexicon, dates: samples.dates)
        let start = RandomRows.day * Part.length + shift
        let end = (RandomRows.day + 1) * Part.length
        let period = try #require(
            Period(from: Timestamp(milliseconds: start), to: Timestamp(milliseconds: end))
        )
        let queries = Self.filters.flatMap { Self.queries(period, $0) }
        let tables = QueryTables(queries, timeline)
        let scans = queries.map { Scan($0, timeline, tables, buckets: [:]) }
        let workers = ScanWorkers()
        let together = await ScanPass.reports(of: scans, by: workers)
        var rows = 0
        for (scan, answer) in zip(scans, together) {
            let alone = try #require(await ScanPass.reports(of: [scan], by: workers).first ?? nil)
            let answer = try #require(answer)
            #expect(answer.rows == alone.rows && answer.total == alone.total)
            rows += answer.rows.count
        }
        #expect(rows > queries.count)
    }

    /// A few rows are the first of all rows, also where many have the same numbers.
    @Test(arguments: 0..<6 as Range<UInt64>)
    func limitedRowsAreTheFirstOfAll(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let samples = RandomRows(600, using: &random)
        let timeline = Timeline([samples.part(samples.rows)], samples.lexicon, dates: samples.dates)
        let start = RandomRows.day * Part.length
        let day = Timestamp(milliseconds: start)..<Timestamp(milliseconds: start + Part.length)
        let period = try #require(Period(from: day.lowerBound, to: day.upperBound))
        for isDescending in [true, false] {
            var all = Query(site: Site.standard, period: period, metrics: [.pageviews], dimensions: [.hit(.page)])
            all.order = [Query.Order(.metric(.pageviews), isDescending: isDescending)]
            var some = all
            (some.limit, some.offset) = (Int.random(in: 1...40, using: &random), Int.random(in: 0...40, using: &random))
            let tables = QueryTables([all, some], timeline)
            let scans = [all, some].map { Scan($0, timeline, tables, buckets: [:]) }
            let answers = await ScanPass.reports(of: scans, by: ScanWorkers()).compactMap(\.self)
            try #require(answers.count == 2)
            #expect(answers[1].rows == Array(answers[0].rows.dropFirst(some.offset).prefix(some.limit)))
            #expect(answers[1].total == answers[0].total && answers[1].rows.count == some.limit)
        }
    }

    /// Answers are the same if so many values are known that not each has a place from the start.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func answersAreThoseOfFewValues(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let samples = RandomRows(1_000, using: &random)
        var lexicon = samples.lexicon
        lexicon.paths += (0..<20_000).map { "/unknown/\($0)" }
        let start = RandomRows.day * Part.length
        let day = Timestamp(milliseconds: start)..<Timestamp(milliseconds: start + Part.length)
        let period = try #require(Period(from: day.lowerBound, to: day.upperBound))
        var query = Query(site: Site.standard, period: period, metrics: [.bounceRate, .visits, .visitDuration])
        query.dimensions = [.hit(.page)]
        query.filters = [.test(Filter.Test(.equals, .hit(.name), ["click"]))]
        var reports: [Report] = []
        for lexicon in [samples.lexicon, lexicon] {
            let timeline = Timeline([samples.part(samples.rows)], lexicon, dates: samples.dates)
            let scan = Scan(query, timeline, QueryTables([query], timeline), buckets: [:])
            reports += await ScanPass.reports(of: [scan], by: ScanWorkers()).compactMap(\.self)
        }
        try #require(reports.count == 2)
        #expect(reports[0].rows == reports[1].rows && reports[0].rows.count > 50)
    }
}
