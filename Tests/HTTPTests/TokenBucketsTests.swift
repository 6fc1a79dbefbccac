import NIOCore
import Support
import Testing

@testable import HTTP

struct TokenBucketsTests {
    /// The textbook bucket: it fills with time, and each request takes a whole token.
    private struct Bucket {
        let interval: Int
        let capacity: Int
        var level: Int
        var updated = 0

        /// Takes a token; levels are in nanoseconds, with one token per interval.
        mutating func take(at now: Int) -> Int? {
            level = min(capacity, level + now - updated)
            updated = now
            guard level >= interval else { return interval - level }
            level -= interval
            return nil
        }
    }

    @Test(arguments: 0..<50)
    func itBehavesLikeASimpleBucket(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let rate = Rate(perSecond: .random(in: 1...1000, using: &random), burst: .random(in: 1...20, using: &random))
        let interval = 1_000_000_000 / rate.perSecond
        var limit = TokenBuckets<Int>(rate, buckets: 1000)
        var buckets = (0..<3).map { _ in
            Bucket(interval: interval, capacity: interval * rate.burst, level: interval * rate.burst)
        }
        var now = 0
        for _ in 0..<2000 {
            // Often no time at all, sometimes enough to fill a bucket.
            now += [0, 0, 1, interval / 2, interval, interval * rate.burst].randomElement(using: &random) ?? 0
            now += Int.random(in: 0...interval / 4, using: &random)
            let key = Int.random(in: 0..<3, using: &random)
            let expected = buckets[key].take(at: now).map { TimeAmount.nanoseconds(Int64($0)) }
            #expect(limit.take(key, at: .uptimeNanoseconds(UInt64(now))) == expected)
        }
    }

    @Test func itLimitsTheNumberOfBuckets() {
        var limit = TokenBuckets<Int>(Rate(perSecond: 1, burst: 1), buckets: 100)
        for key in 0..<10_000 {
            #expect(limit.take(key, at: .uptimeNanoseconds(1)) == nil)
            #expect(limit.count <= 100)
        }
    }

    /// A key in use keeps its bucket, however many others are used meanwhile.
    @Test func anActiveKeyIsKept() {
        var limit = TokenBuckets<Int>(Rate(perSecond: 1, burst: 1), buckets: 100)
        #expect(limit.take(-1, at: .uptimeNanoseconds(0)) == nil)
        for key in 0..<10_000 {
            _ = limit.take(key, at: .uptimeNanoseconds(UInt64(key)))
            #expect(limit.take(-1, at: .uptimeNanoseconds(UInt64(key))) != nil)
        }
    }

    @Test func itWorksAtTheEndOfTheClocksRange() {
        var limit = TokenBuckets<Int>(Rate(perSecond: 1_000_000, burst: 1_000_000), buckets: 10)
        let late = NIODeadline.uptimeNanoseconds(UInt64(Int64.max) - 1)
        #expect(limit.take(0, at: late) == nil)
        #expect(limit.take(0, at: .uptimeNanoseconds(0)) != nil)
    }
}
