package import NIOCore

/// A token bucket for each key, in constant time and bounded memory.
///
/// A bucket is stored as the time at which it will be full again; the time until then gives its missing tokens.
package struct TokenBuckets<Key: Hashable> {
    /// The time for one token, in nanoseconds.
    private let interval: UInt64
    /// The time to fill an empty bucket, in nanoseconds.
    private let capacity: UInt64
    /// The most buckets in each of the two generations.
    private let generation: Int
    /// The buckets used lately, and those used before.
    ///
    /// At its limit the young generation replaces the old one; most of the old buckets are full and need not be kept.
    private var young: [Key: UInt64] = [:]
    private var old: [Key: UInt64] = [:]

    var count: Int { young.count + old.count }

    /// - Parameters:
    ///   - rate: The rate and burst of each key.
    ///   - buckets: The most buckets to keep.
    package init(_ rate: Rate, buckets: Int) {
        interval = 1_000_000_000 / UInt64(rate.perSecond)
        capacity = interval * UInt64(rate.burst)
        generation = max(1, buckets / 2)
    }

    /// Takes a token.
    ///
    /// - Returns: nil, or the time until the next token if there is none.
    package mutating func take(_ key: Key, at now: NIODeadline) -> TimeAmount? {
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
