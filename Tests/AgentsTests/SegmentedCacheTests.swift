import Support
import Testing

@testable import Agents

struct SegmentedCacheTests {
    /// The same as the cache, with lists that are searched from the start.
    private struct Model {
        struct Entry: Equatable {
            let key: Int
            let value: Int
            let bytes: Int
        }

        let entries: Int
        let bytes: Int
        /// The entry used last is first.
        var probation: [Entry] = []
        var protected: [Entry] = []

        mutating func value(for key: Int) -> Int? {
            guard let entry = (probation + protected).first(where: { $0.key == key }) else { return nil }
            probation.removeAll { $0 == entry }
            protected.removeAll { $0 == entry }
            protected.insert(entry, at: 0)
            while protected.count > entries / 5 * 4 || sum(protected) > bytes / 5 * 4 {
                probation.insert(protected.removeLast(), at: 0)
            }
            return entry.value
        }

        mutating func insert(_ value: Int, for key: Int, bytes: Int) {
            guard !(probation + protected).contains(where: { $0.key == key }) else { return }
            probation.insert(Entry(key: key, value: value, bytes: bytes), at: 0)
            while probation.count + protected.count > entries || sum(probation + protected) > self.bytes {
                if probation.isEmpty { protected.removeLast() } else { probation.removeLast() }
            }
        }

        func sum(_ entries: [Entry]) -> Int {
            entries.reduce(0) { $0 + $1.bytes }
        }
    }

    @Test(arguments: [(10, 1_000), (10, 40), (1, 100), (3, 20), (0, 10), (50, 100)], [UInt64(1), 2])
    func itDoesWhatTheModelDoes(limits: (entries: Int, bytes: Int), seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var cache = SegmentedCache<Int, Int>(limits: .init(entries: limits.entries, bytes: limits.bytes))
        var model = Model(entries: limits.entries, bytes: limits.bytes)
        for step in 0..<4_000 {
            // Small keys are used more often.
            let key = Int.random(in: 0...Int.random(in: 0...40, using: &generator), using: &generator)
            let (found, expected) = (cache.value(for: key), model.value(for: key))
            try #require(found == expected, "step \(step)")
            let bytes = Int.random(in: 0...12, using: &generator)
            if Bool.random(using: &generator) {
                cache.insert(step, for: key, bytes: bytes)
                model.insert(step, for: key, bytes: bytes)
            }
            try #require(cache.count == model.probation.count + model.protected.count)
            try #require(cache.bytes == model.sum(model.probation + model.protected))
        }
    }

    @Test func newEntriesDoNotDriveOutThoseInUse() {
        var cache = SegmentedCache<Int, Int>(limits: .init(entries: 100, bytes: 1_000_000))
        for key in 0..<50 { cache.insert(key, for: key, bytes: 1) }
        for key in 0..<50 { _ = cache.value(for: key) }
        for key in 1_000..<100_000 { cache.insert(key, for: key, bytes: 1) }
        let kept = (0..<50).filter { cache.value(for: $0) != nil }
        #expect(kept.count == 50)
        #expect(cache.count == 100)
    }
}
