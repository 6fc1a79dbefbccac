import NIOCore

/// A token bucket for each key, in constant time and bounded memory.
///
/// Of a bucket only the moment is kept at which it will be full again: what is missing from it is the time until then.
struct TokenBuckets<Key: Hashable> {
    /// The time in which a token comes, in nanoseconds.
    private let interval: UInt64
    /// The time in which an empty bucket is full.
    private let capacity: UInt64
    /// How many buckets there may be in each of the two generations.
    private let generation: Int
    /// Those used lately, and those used before.
    ///
    /// When the young are too many they become the old, and the old, of which most are full by then, are forgotten.
    private var young: [Key: UInt64] = [:]
    private var old: [Key: UInt64] = [:]

    var count: Int { young.count + old.count }

    /// - Parameters:
    ///   - rate: What each key may do.
    ///   - buckets: The most that are kept.
    init(_ rate: Rate, buckets: Int) {
        interval = 1_000_000_000 / UInt64(rate.perSecond)
        capacity = interval * UInt64(rate.burst)
        generation = max(1, buckets / 2)
    }

    /// Takes a token.
    ///
    /// - Returns: nil, or how long it takes until there is one.
    mutating func take(_ key: Key, at now: NIODeadline) -> TimeAmount? {
        let now = now.uptimeNanoseconds
        let full = max(now, young[key] ?? old.removeValue(forKey: key) ?? 0)
        let isEmpty = full - now > capacity - interval
        keep(key, isEmpty ? full : full + interval)
        return isEmpty ? .nanoseconds(Int64(clamping: full + interval - capacity - now)) : nil
    }

    private mutating func keep(_ key: Key, _ full: UInt64) {
        young[key] = full
        guard young.count >= generation else { return }
        old = young
        young = [:]
    }
}
