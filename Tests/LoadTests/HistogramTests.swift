import Testing

@testable import Load

struct HistogramTests {
    @Test(arguments: [0, 1, 127, 128, 255, 256, 257, 999, 65_535, 1_234_567, 999_999_999_999, Int.max])
    func findsOneValueWithinOnePercent(value: Int) {
        var histogram = Histogram()
        histogram.record(nanoseconds: value)
        // A larger second value: the largest is exact, and would hide the error.
        histogram.record(nanoseconds: .max)
        let error = abs(Double(histogram.quantile(0.5)) - Double(value))
        #expect(error <= Double(value) * 0.004)
    }

    @Test func findsQuantilesOfRandomValuesWithinOnePercent() {
        var random = SplitMix(seed: 7)
        var histogram = Histogram()
        let values = (0..<20_000).map { _ in Int(random.next() >> (random.next() % 63 + 1)) }
        for value in values { histogram.record(nanoseconds: value) }
        let sorted = values.sorted()
        for share in [0.001, 0.25, 0.5, 0.95, 0.99, 0.999] {
            let exact = Double(sorted[Int((20_000 * share).rounded(.up)) - 1])
            #expect(abs(Double(histogram.quantile(share)) - exact) <= exact * 0.01)
        }
        #expect(histogram.quantile(1) <= histogram.max)
        #expect(histogram.max == sorted.last)
    }

    @Test func mergesLikeOne() {
        var (one, left, right) = (Histogram(), Histogram(), Histogram())
        for value in 0..<1_000 {
            let square = value * value
            one.record(nanoseconds: square)
            if value % 3 == 0 { left.record(nanoseconds: square) } else { right.record(nanoseconds: square) }
        }
        left.merge(right)
        #expect(left.count == one.count)
        #expect(left.quantile(0.5) == one.quantile(0.5))
        #expect(left.max == one.max)
    }

    @Test func isZeroWhenEmpty() {
        #expect(Histogram().quantile(0.99) == 0)
    }

    @Test(arguments: [(0.0, 3, "0.000"), (1.23456, 3, "1.235"), (12, 0, "12"), (0.05, 1, "0.1"), (-1.5, 1, "-1.5")])
    func writesPlainDecimals(value: Double, digits: Int, text: String) {
        #expect(value.text(digits: digits) == text)
    }
}
