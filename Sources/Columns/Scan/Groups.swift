import Analytics

/// The groups of a scan, by the places of their values.
struct Groups: Sendable {
    /// The values of a group in up to four dimensions.
    typealias Key = SIMD4<UInt32>

    /// The largest table of all combinations of values.
    private static let largestTable = 1 << 20

    private(set) var keys: [Key] = []
    var counts: [Counts] = []
    /// The visitors in any group.
    var visitors = 0
    var countsDatedVisitors = false
    /// The hits that belong to no visit.
    var loose = 0
    /// The hits that reach a goal with another currency than theirs.
    var otherCurrencies = 0
    /// The size of each dimension, by which a key is a place in the table.
    private let sizes: [Int]
    /// The place of the group of each combination of values; empty if there are too many.
    private var table: [Int32] = []
    private var places: [Key: Int32] = [:]

    /// - Parameter sizes: The numbers of values of the dimensions.
    init(sizes: [Int]) {
        self.sizes = sizes
        var combinations = 1
        for size in sizes where combinations <= Self.largestTable { combinations *= size }
        if combinations <= Self.largestTable { table = Array(repeating: -1, count: combinations) }
    }

    /// The place of the group with a key, which is added if it is new.
    mutating func place(of key: Key) -> Int {
        if table.isEmpty {
            if let place = places[key] { return Int(place) }
            places[key] = Int32(keys.count)
            return append(key)
        }
        var index = 0
        for (dimension, size) in sizes.enumerated() { index = index * size + Int(key[dimension]) }
        if table[index] >= 0 { return Int(table[index]) }
        table[index] = Int32(keys.count)
        return append(key)
    }

    private mutating func append(_ key: Key) -> Int {
        keys.append(key)
        counts.append(Counts())
        return keys.count - 1
    }

    /// Adds the groups of other visitors.
    mutating func add(_ other: Groups) {
        visitors += other.visitors
        countsDatedVisitors = countsDatedVisitors || other.countsDatedVisitors
        loose += other.loose
        otherCurrencies += other.otherCurrencies
        for (key, counts) in zip(other.keys, other.counts) { self.counts[place(of: key)].add(counts) }
    }
}
