import Analytics

/// The numbers of hits that a batch stores more than a minute before or after their times, by site and quarter of an hour.
///
/// The others came when they happened, so that their times tell it; most batches have no others, and note nothing.
struct ArrivalCounts {
    static let table = "arrival"

    /// A quarter of an hour (UTC) of a site; every period of dates begins with one, in any zone.
    struct Quarter: Hashable {
        let site: SiteID
        let start: Timestamp
    }

    /// The longest time between a hit and its storing that is not noted, in milliseconds.
    private static let tolerance = 60_000
    /// More than the time for which a batch may wait for locks before its connection is given up, in milliseconds.
    private static let longestWait = 35_000
    /// The length of a quarter of an hour, in milliseconds.
    static let quarter = 900_000

    /// The second in which the batch is stored.
    let second: Timestamp
    private(set) var counts: [Quarter: HitCounts] = [:]

    /// - Parameters:
    ///   - hits: The hits that are stored.
    ///   - moment: The time at which they are.
    init(of hits: [[StoredRows.PlacedHit]], at moment: Timestamp) {
        second = moment.rounded(to: 1_000)
        for placed in hits.joined() where Self.isOutOfTime(placed.hit, at: moment) {
            let quarter = Quarter(site: placed.hit.site, start: placed.hit.time.rounded(to: Self.quarter))
            counts[quarter, default: HitCounts()].add(placed.hit)
        }
    }

    /// True if a hit is stored at another time than its own.
    static func isOutOfTime(_ hit: Hit, at moment: Timestamp) -> Bool {
        abs(moment.milliseconds - hit.time.milliseconds) > tolerance
    }

    /// True if hits of a batch may come out of their time, however long it waits for locks.
    static func mayBe(in batch: Batch, at moment: Timestamp) -> Bool {
        batch.entries.contains { entry in
            entry.hits.contains { abs(moment.milliseconds - $0.time.milliseconds) > tolerance - longestWait }
        }
    }
}

extension HitCounts {
    fileprivate mutating func add(_ hit: Hit) {
        hits += 1
        if hit.flags.contains(.bot) { bots += 1 }
    }
}
