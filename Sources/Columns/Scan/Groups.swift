import Analytics

/// The groups of a scan, by the places of their values.
struct Groups: Sendable {
    /// The values of a group in up to four dimensions.
    typealias Key = SIMD4<UInt32>

    /// The counts besides those of hits that a query needs.
    struct Extent: Hashable, Sendable {
        var visits = false
        var engagement = false
        var values = false
    }

    /// The most combinations of values that all have a place from the start.
    private static let mostCombinations = 1 << 14

    /// The tallies by place; not all need be of groups that were found.
    var tallies: [Tally] = []
    /// As long as `tallies`.
    var rare: [RareTally] = []
    /// As long as `tallies` if they are counted, or else empty.
    var whole: [WholeVisits] = []
    var engagement: [Engagement] = []
    var money: [MoneySums] = []
    /// The visitors in any group.
    var visitors = 0
    var countsDatedVisitors = false
    /// The hits that belong to no visit.
    var loose = 0
    /// The hits that reach a goal with another currency than theirs.
    var otherCurrencies = 0
    let extent: Extent
    /// The number of values of each dimension.
    let sizes: [Int]
    /// True if each combination of values has its place.
    let isDirect: Bool
    private var keys: [Key] = []
    private var places: [Key: Int32] = [:]
    /// For one dimension with many values the places by value, or -1.
    private var placesByValue: [Int32] = []

    /// - Parameters:
    ///   - sizes: The numbers of values of the dimensions.
    ///   - extent: The counts besides those of hits.
    init(sizes: [Int], _ extent: Extent) {
        self.sizes = sizes
        self.extent = extent
        var combinations = 1
        for size in sizes where combinations <= Self.mostCombinations { combinations *= size }
        isDirect = combinations <= Self.mostCombinations
        if isDirect {
            tallies = Array(repeating: Tally(), count: combinations)
            rare = Array(repeating: RareTally(), count: combinations)
            if extent.visits { whole = Array(repeating: WholeVisits(), count: combinations) }
            if extent.engagement { engagement = Array(repeating: Engagement(), count: combinations) }
            if extent.values { money = Array(repeating: MoneySums(), count: combinations) }
        } else if sizes.count == 1 {
            placesByValue = Array(repeating: -1, count: sizes[0])
        }
    }

    /// The place of the group with a key, which is added if it is new.
    mutating func place(of key: Key) -> UInt32 {
        guard !isDirect else {
            var place = 0
            for (dimension, size) in sizes.enumerated() { place = place * size + Int(key[dimension]) }
            return UInt32(truncatingIfNeeded: place)
        }
        if sizes.count == 1 { return place(of: key[0]) }
        if let place = places[key] { return UInt32(truncatingIfNeeded: place) }
        places[key] = Int32(truncatingIfNeeded: keys.count)
        return append(key)
    }

    /// The place of the group with a value in the only dimension.
    mutating func place(of value: UInt32) -> UInt32 {
        guard !isDirect else { return value }
        let known = placesByValue[Int(value)]
        if known >= 0 { return UInt32(truncatingIfNeeded: known) }
        placesByValue[Int(value)] = Int32(truncatingIfNeeded: keys.count)
        return append(Key(value, 0, 0, 0))
    }

    private mutating func append(_ key: Key) -> UInt32 {
        keys.append(key)
        tallies.append(Tally())
        rare.append(RareTally())
        if extent.visits { whole.append(WholeVisits()) }
        if extent.engagement { engagement.append(Engagement()) }
        if extent.values { money.append(MoneySums()) }
        return UInt32(truncatingIfNeeded: keys.count - 1)
    }

    /// The key of the group at a place.
    func key(at place: Int) -> Key {
        guard isDirect else { return keys[place] }
        var (key, rest) = (Key.zero, place)
        for dimension in sizes.indices.reversed() {
            key[dimension] = UInt32(rest % sizes[dimension])
            rest /= sizes[dimension]
        }
        return key
    }

    /// The memory that they take, in bytes, but for sums of money.
    var bytes: Int {
        let counts = tallies.count * MemoryLayout<Tally>.stride + rare.count * MemoryLayout<RareTally>.stride
        let visits = whole.count * MemoryLayout<WholeVisits>.stride
        let further = visits + engagement.count * MemoryLayout<Engagement>.stride
        return counts + further + keys.count * MemoryLayout<Key>.stride + places.count * 40 + placesByValue.count * 4
    }

    /// The places of the groups that were found; without dimensions there is one, also of nothing.
    var found: [Int] {
        sizes.isEmpty ? [0] : tallies.indices.filter { isPresent($0) }
    }

    /// The places of the groups that were found, and of those of visits alone, which others may find: a page at which
    /// visits enter without a hit there that counts.
    var counted: [Int] { tallies.indices.filter { isCounted($0) } }

    /// True if a hit of the group at a place was found, or a visit that the hits of the query belong to.
    private func isPresent(_ place: Int) -> Bool { tallies[place].visitors > 0 || rare[place].isPresent }

    private func isCounted(_ place: Int) -> Bool { isPresent(place) || (extent.visits && whole[place].count > 0) }

    /// The counts of a group.
    func counts(at place: Int) -> Counts {
        var counts = Counts()
        (counts.tally, counts.rare) = (tallies[place], rare[place])
        if extent.visits { counts.whole = whole[place] }
        if extent.engagement { counts.engagement = engagement[place] }
        if extent.values { counts.money = money[place] }
        return counts
    }

    /// Adds the groups of other visitors.
    mutating func add(_ other: Groups) {
        visitors += other.visitors
        countsDatedVisitors = countsDatedVisitors || other.countsDatedVisitors
        loose += other.loose
        otherCurrencies += other.otherCurrencies
        for from in other.tallies.indices where isDirect || other.isCounted(from) {
            add(other, from, at: isDirect ? from : Int(place(of: other.key(at: from))))
        }
    }

    /// Adds a group of other visitors.
    ///
    /// - Parameters:
    ///   - other: Their groups.
    ///   - from: The place of the group there.
    ///   - place: Its place here.
    mutating func add(_ other: Groups, _ from: Int, at place: Int) {
        tallies[place].add(other.tallies[from])
        rare[place].add(other.rare[from])
        if extent.visits { whole[place].add(other.whole[from]) }
        if extent.engagement { engagement[place].add(other.engagement[from]) }
        if extent.values { money[place].add(other.money[from]) }
    }
}
