import Analytics
import Support
import Testing

@testable import Columns

/// Single visits of parts, apart from any database.
struct VisitScanTests {
    /// Whichever way one goes through the visits, they are all those that start in the period, each once.
    @Test(arguments: 0..<12 as Range<UInt64>, [0, 20_700_000, 43_200_000])
    func pagesHaveAllVisits(seed: UInt64, shift: Int) async throws {
        var random = SeededGenerator(seed: seed)
        let samples = RandomRows(900, using: &random)
        let timeline = Timeline([samples.part(samples.rows)], samples.lexicon, dates: samples.dates)
        let start = RandomRows.day * Part.length
        let range = start + shift..<start + Part.length
        let period = try #require(
            Period(from: Timestamp(milliseconds: range.lowerBound), to: Timestamp(milliseconds: range.upperBound))
        )
        let query = Query(site: Site.standard, period: period, metrics: [])
        let selection = HitSelection(query, timeline, QueryTables([query], timeline))
        let all = StartedVisits(startingIn: range, timeline)
        let expected = (0..<all.count).map(all.summary).sorted { $1.key < $0.key }
        let limit = Int.random(in: 1...9, using: &random)

        func page(_ range: VisitQuery.Range) async -> FoundVisits {
            await VisitScan(VisitQuery(query, range, limit: limit), selection).visits(by: ScanWorkers())
        }
        var found = await page(.newest)
        var visits = found.visits
        while found.hasMore, let last = visits.last {
            #expect(found.visits.count == limit)
            found = await page(.before(last.key))
            visits += found.visits
        }
        #expect(visits == expected)
        var rest = expected[...]
        while let last = rest.popLast() {
            let newer = await page(.after(last.key))
            #expect(newer == FoundVisits(Array(rest.suffix(limit)), hasMore: rest.count > limit))
        }
    }
}
