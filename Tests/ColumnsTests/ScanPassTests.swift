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

    /// Together they have the answers that each has alone, without a filter, with one of visits and one of hits.
    @Test(arguments: 0..<6 as Range<UInt64>, [0, 20_700_000])
    func answersAreThoseOfSinglePasses(seed: UInt64, shift: Int) async throws {
        var random = SeededGenerator(seed: seed)
        let samples = RandomRows(2_000, using: &random)
        let timeline = Timeline([samples.part(samples.rows)], samples.lexicon, dates: samples.dates)
        let start = RandomRows.day * Part.length + shift
        let end = (RandomRows.day + 1) * Part.length
        let period = try #require(
            Period(from: Timestamp(milliseconds: start), to: Timestamp(milliseconds: end))
        )
        let country = Filter.test(Filter.Test(.equals, .visit(.country), ["DE"]))
        let page = Filter.test(Filter.Test(.contains, .hit(.page), ["/1"]))
        let queries = [[], [country], [page]].flatMap { Self.queries(period, $0) }
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
}
