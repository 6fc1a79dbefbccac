/// A histogram of durations in logarithmic buckets, which takes 57 KiB; quantiles are accurate to 0.4 %.
package struct Histogram: Sendable {
    /// Each power of two has 2⁷ buckets; below 2⁸ ns, each nanosecond has its own.
    private static let bits = 7

    private var buckets = [Int](repeating: 0, count: bucket(of: .max) + 1)
    package private(set) var count = 0
    /// In nanoseconds.
    private(set) var max = 0

    package init() {}

    package mutating func record(nanoseconds: Int) {
        let value = Swift.max(0, nanoseconds)
        buckets[Self.bucket(of: value)] += 1
        count += 1
        max = Swift.max(max, value)
    }

    mutating func merge(_ other: Histogram) {
        for index in buckets.indices { buckets[index] += other.buckets[index] }
        count += other.count
        max = Swift.max(max, other.max)
    }

    /// The duration in nanoseconds that a share of all durations does not exceed; 0 if there are none.
    package func quantile(_ share: Double) -> Int {
        var rest = Swift.max(1, Int((Double(count) * share).rounded(.up)))
        for (index, bucket) in buckets.enumerated() {
            rest -= bucket
            if rest <= 0 { return min(Self.middle(of: index), max) }
        }
        return max
    }

    private static func bucket(of value: Int) -> Int {
        let shift = Swift.max(0, Int.bitWidth - 1 - bits - (value | 1).leadingZeroBitCount)
        return shift << bits + value >> shift
    }

    private static func middle(of bucket: Int) -> Int {
        let shift = Swift.max(0, bucket >> bits - 1)
        return (bucket - shift << bits) << shift + (1 << shift) / 2
    }
}
