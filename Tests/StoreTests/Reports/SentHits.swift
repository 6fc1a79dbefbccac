import Analytics
import Schema
import Store
import Support
import Synchronization

/// Hits, each with the moment at which it was stored.
struct SentHits: Sendable {
    private(set) var all: [(hit: Hit, stored: Timestamp)] = []

    mutating func add(_ hits: [Hit], at moment: Timestamp) { all += hits.map { ($0, moment) } }

    /// The hits of a period that came after its end.
    func late(of site: SiteID, in period: Period) -> HitCounts {
        counts { $0.site == site && period.contains($0.time) && $1 >= period.end && Self.isOutOfTime($0, $1) }
    }

    /// The hits of a period whose times lie between two moments, and the others that were stored between these.
    func changes(
        of site: SiteID,
        in period: Period,
        between before: Timestamp,
        and after: Timestamp
    ) -> (inTime: HitCounts, arrived: HitCounts) {
        (
            counts {
                $0.site == site && period.contains($0.time) && before <= $0.time && $0.time < after
                    && !Self.isOutOfTime($0, $1)
            },
            counts {
                $0.site == site && period.contains($0.time) && before <= $1 && $1 < after && Self.isOutOfTime($0, $1)
            }
        )
    }

    private static func isOutOfTime(_ hit: Hit, _ stored: Timestamp) -> Bool {
        abs(hit.time.milliseconds - stored.milliseconds) > 60_000
    }

    private func counts(_ condition: (Hit, Timestamp) -> Bool) -> HitCounts {
        let own = all.filter { condition($0.hit, $0.stored) }
        return HitCounts(hits: own.count, bots: own.count { $0.hit.flags.contains(.bot) })
    }
}

extension PostgresStore {
    /// A store with another clock.
    convenience init(url: String, clock: @escaping @Sendable () -> Timestamp) {
        var configuration = Configuration()
        configuration.live.now = clock
        self.init(url: url, configuration: configuration)
    }
}

/// Makes a store of two sites with the hits of a day, most of which came late or early, in random order.
///
/// - Parameters:
///   - flavour: The flavour of its database.
///   - seed: The seed of the hits, and of the numbers that the body gets.
///   - body: The use of the store.
/// - Throws: The error of `body`, or of the database.
func withArrivals(
    _ flavour: Flavour,
    _ seed: UInt64,
    _ body: @Sendable (PostgresStore, TestDatabase, SentHits, inout SeededGenerator) async throws -> Void
) async throws {
    let monday = Timestamp(seconds: 1_767_571_200)
    try await withDatabase(flavour) { database in
        try await database.run("INSERT INTO site SELECT 2, 'other'")
        let clock = Mutex(monday)
        let store = PostgresStore(url: database.url, clock: { clock.withLock(\.self) })
        defer { store.close() }
        var random = SeededGenerator(seed: seed)
        var sent = SentHits()
        for _ in 0..<60 {
            let moment = monday.advanced(by: .milliseconds(Int.random(in: 0..<300_000_000, using: &random)))
            clock.withLock { $0 = moment }
            let hits = (0..<Int.random(in: 1...20, using: &random)).map { _ in
                let isLive = Int.random(in: 0..<3, using: &random) == 0
                let offset = isLive ? -70_000...70_000 : -80_000_000...10_000_000
                var hit = Hit(time: moment.advanced(by: .milliseconds(Int.random(in: offset, using: &random))))
                hit.site = SiteID(rawValue: .random(in: 1...2, using: &random))
                if Bool.random(using: &random) { hit.flags.insert(.bot) }
                return hit
            }
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            sent.add(hits, at: moment)
        }
        try await body(store, database, sent, &random)
    }
}
