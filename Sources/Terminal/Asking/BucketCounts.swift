/// The counts of a histogram's buckets between two readings.
struct BucketCounts: Sendable {
    /// The upper bounds, rising, each with the number of values at most as large; the last bound may be infinite.
    private let buckets: [(bound: Double, count: Double)]

    /// The values that a histogram got between two readings.
    ///
    /// - Parameters:
    ///   - name: The name of the histogram.
    ///   - now: The later reading.
    ///   - before: The earlier reading.
    init(_ name: String, _ now: Metrics, since before: Metrics) {
        let former = Dictionary(Self.bounds(name, before), uniquingKeysWith: +)
        buckets = Self.bounds(name, now).map { bound, count in (bound, max(0, count - (former[bound] ?? 0))) }
            .sorted { $0.bound < $1.bound }
    }

    /// The number of values.
    var count: Double { buckets.last?.count ?? 0 }

    /// An estimate of a quantile, interpolated within its bucket as Prometheus does.
    ///
    /// - Parameter share: The share of values at most as large, from 0 to 1.
    /// - Returns: The quantile; nil without values.
    func quantile(_ share: Double) -> Double? {
        guard count > 0 else { return nil }
        let rank = share * count
        var lower = (bound: 0.0, count: 0.0)
        for bucket in buckets {
            guard bucket.count < rank else {
                // Nothing is known of values beyond the last finite bound.
                guard bucket.bound.isFinite, bucket.count > lower.count else { return lower.bound }
                let part = (rank - lower.count) / (bucket.count - lower.count)
                return lower.bound + (bucket.bound - lower.bound) * part
            }
            lower = bucket
        }
        return lower.bound
    }

    private static func bounds(_ name: String, _ metrics: Metrics) -> [(Double, Double)] {
        metrics["\(name)_bucket"].compactMap { sample in
            guard let text = sample.labels["le"] else { return nil }
            guard text != "+Inf" else { return (.infinity, sample.value) }
            return Double(text).map { ($0, sample.value) }
        }
    }
}
