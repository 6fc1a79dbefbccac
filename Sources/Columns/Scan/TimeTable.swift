import Analytics

/// The buckets of a dimension of time, as a table by equal steps of time.
struct TimeTable: Sendable {
    /// The first moment and the step, in milliseconds.
    private let start: Int
    private let step: Int
    /// 2^64 over the step in units of 32 milliseconds: a product with it is a number of steps.
    ///
    /// A division took a third of the time of a series.
    private let reciprocal: UInt64
    /// The value of each step; empty if no step fits.
    private let steps: [UInt32]
    private let buckets: Buckets
    /// The value of each bucket.
    private let values: [UInt32]

    /// The steps that are tried, in milliseconds.
    private static let allSteps = [86_400_000, 3_600_000, 900_000, 60_000]
    private static let mostSteps = 1 << 20

    /// - Parameters:
    ///   - buckets: The buckets.
    ///   - values: The value of each.
    ///   - end: The end of the last.
    init(_ buckets: Buckets, values: [UInt32], until end: Timestamp) {
        (self.buckets, self.values) = (buckets, values)
        let starts = buckets.starts.map(\.milliseconds)
        start = starts.first ?? 0
        let first = start
        step = Self.allSteps.first { step in starts.allSatisfy { ($0 - first).isMultiple(of: step) } } ?? 0
        // Rounded up, which is exact below 2^64 steps of 32 milliseconds over the step: for thousands of years.
        reciprocal = step > 0 ? UInt64.max / UInt64(step / 32) + 1 : 0
        guard step > 0, end.milliseconds > start, (end.milliseconds - start) / step < Self.mostSteps else {
            steps = []
            return
        }
        var (steps, bucket): ([UInt32], Int) = ([], 0)
        for time in stride(from: start, to: end.milliseconds, by: step) {
            while bucket + 1 < starts.count, starts[bucket + 1] <= time { bucket += 1 }
            steps.append(values[bucket])
        }
        self.steps = steps
    }

    /// The value of a moment; 0 before the first bucket.
    @inline(__always)
    func value(at milliseconds: Int) -> UInt32 {
        guard milliseconds >= start else { return 0 }
        guard !steps.isEmpty else {
            return buckets.place(of: Timestamp(milliseconds: milliseconds)).map { values[$0] } ?? 0
        }
        let passed = UInt64(truncatingIfNeeded: milliseconds - start) / 32
        return steps[min(Int(truncatingIfNeeded: passed.multipliedFullWidth(by: reciprocal).high), steps.count - 1)]
    }
}
