/// Draws numbers from `0..<count` in constant time, k with a probability proportional to `1 / (k + 1) ^ skew`.
///
/// Vose's alias method: the column of a number stands for the number itself up to a threshold and for one other number
/// above it. A column takes 8 bytes.
struct Zipf: Sendable {
    private struct Column {
        var threshold = UInt32.max
        var alias: UInt32
    }

    private var columns: [Column]

    init(count: Int, skew: Double) {
        columns = (0..<count).map { Column(alias: UInt32($0)) }
        if skew > 0 { fill(Self.weights(count: count, skew: skew)) }
    }

    func draw(_ random: inout SplitMix) -> UInt32 {
        let bits = random.next()
        let index = Int(((bits >> 32) &* UInt64(columns.count)) >> 32)
        let column = columns[index]
        return UInt32(truncatingIfNeeded: bits) <= column.threshold ? UInt32(index) : column.alias
    }

    /// Pairs each number whose weight is below the mean with one above it.
    private mutating func fill(_ weights: [Double]) {
        let mean = weights.reduce(0, +) / Double(weights.count)
        var rest = weights.map { $0 / mean }
        var small = rest.indices.filter { rest[$0] < 1 }
        var large = rest.indices.filter { rest[$0] >= 1 }
        while let poor = small.last, let rich = large.last {
            small.removeLast()
            columns[poor] = Column(threshold: UInt32(rest[poor] * 0x1p32), alias: UInt32(rich))
            rest[rich] -= 1 - rest[poor]
            if rest[rich] < 1 {
                large.removeLast()
                small.append(rich)
            }
        }
    }

    private static func weights(count: Int, skew: Double) -> [Double] {
        (1...count).map { 1 / power(Double($0), skew) }
    }

    /// Raises to a power by square roots, without the C library.
    private static func power(_ base: Double, _ exponent: Double) -> Double {
        let whole = exponent.rounded(.down)
        var result = (0..<Int(whole)).reduce(1) { product, _ in product * base }
        var fraction = exponent - whole
        var root = base
        // 24 binary digits of the exponent are precise enough.
        for _ in 0..<24 where fraction > 0 {
            root = root.squareRoot()
            fraction *= 2
            if fraction >= 1 {
                result *= root
                fraction -= 1
            }
        }
        return result
    }
}
