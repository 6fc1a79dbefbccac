import Testing

@testable import Terminal

struct MetricsTests {
    private static let text = """
        # HELP a_total As.
        # TYPE a_total counter
        a_total{route="/x",status="200"} 3.0
        a_total{route="/y \\"}{\\\\",status="503"} 4
        b 2.5
        c{} 7 1700000000
        broken{route="x" 1
        nan NaN
        word text
        """

    @Test func valuesAreFoundByNameAndLabels() {
        let metrics = Metrics(Self.text)
        #expect(metrics.sum("a_total") == 7)
        #expect(metrics.sum("a_total") { $0["status"] == "503" } == 4)
        #expect(metrics["a_total"].last?.labels["route"] == "/y \"}{\\")
        #expect(metrics.sum("b") == 2.5)
        #expect(metrics.sum("c") == 7)
        for name in ["broken", "nan", "word", "missing"] { #expect(metrics.sum(name) == nil) }
    }

    /// Of values spread evenly over a bucket, a quantile is as far into it as its rank.
    @Test func quantilesAreInterpolatedWithinTheirBucket() {
        func histogram(_ counts: [(String, Int)]) -> Metrics {
            Metrics(counts.map { "t_bucket{le=\"\($0)\"} \($1)" }.joined(separator: "\n"))
        }
        let before = histogram([("0.1", 5), ("0.2", 5), ("+Inf", 5)])
        let now = histogram([("0.1", 15), ("0.2", 35), ("+Inf", 36)])
        let counts = BucketCounts("t", now, since: before)
        #expect(counts.count == 31)
        #expect(counts.quantile(10 / 31.0).map { abs($0 - 0.1) < 1e-9 } == true)
        #expect(counts.quantile(20 / 31.0).map { abs($0 - 0.15) < 1e-9 } == true)
        // Nothing is known beyond the last finite bound.
        #expect(counts.quantile(1) == 0.2)
        #expect(BucketCounts("t", now, since: now).quantile(0.5) == nil)
        #expect(BucketCounts("u", now, since: before).quantile(0.5) == nil)
    }
}
