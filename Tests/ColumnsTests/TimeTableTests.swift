import Analytics
import Support
import Testing

@testable import Columns

/// Buckets of time as a table by equal steps.
struct TimeTableTests {
    private static let steps = [86_400_000, 3_600_000, 900_000, 60_000, 1_000]

    /// At every border, and beside it, the value is that of the bucket there; after the last bucket it is its own.
    @Test(arguments: steps, 0..<4 as Range<UInt64>)
    func hasTheValuesOfBuckets(step: Int, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let start = 1_700_000_000_000 + Int.random(in: 0..<86_400_000, using: &random)
        // Some buckets are longer than others, as days are when clocks change.
        let lengths = (0..<60).map { _ in Int.random(in: 1...3, using: &random) * step }
        let starts = lengths.reduce(into: [start]) { $0.append(($0.last ?? start) + $1) }
        let buckets = Buckets(
            starts: starts.map { Timestamp(milliseconds: $0) },
            labels: starts.map { "\($0)" }
        )
        let values = starts.indices.map { UInt32($0 + 1) }
        let end = (starts.last ?? start) + step
        let table = TimeTable(buckets, values: values, until: Timestamp(milliseconds: end))
        let moments = starts.flatMap { [$0 - 1, $0, $0 + 1, $0 + 31, $0 + step - 1] }
        let others = (0..<200).map { _ in Int.random(in: start - step..<end, using: &random) }
        for moment in moments + others {
            let place = buckets.place(of: Timestamp(milliseconds: moment))
            #expect(table.value(at: moment) == place.map { values[$0] } ?? 0)
        }
        #expect(table.value(at: end + 10 * step) == values.last)
    }

    /// Whatever the distance from the start: ten years, the longest period, and far beyond.
    @Test(arguments: steps.prefix(1), [3_650, 100_000])
    func isExactOverManyYears(step: Int, days: Int) {
        let starts = (0..<days).map { Timestamp(milliseconds: $0 * step) }
        let buckets = Buckets(starts: starts, labels: starts.map { "\($0.milliseconds)" })
        let values = (0..<days).map { UInt32($0) }
        let table = TimeTable(buckets, values: values, until: Timestamp(milliseconds: days * step))
        for day in [1, days / 2, days - 1] {
            #expect(table.value(at: day * step - 1) == UInt32(day - 1))
            #expect(table.value(at: day * step) == UInt32(day))
        }
    }
}
