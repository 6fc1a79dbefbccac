import Analytics

/// The time between two hits of a site that a batch stores, in milliseconds since 1970.
///
/// Between the hits of a range no more than ten minutes lie, since all hits of the range are read again by servers that
/// keep some in memory.
struct TouchedTime: Hashable {
    let site: SiteID
    let first: Int
    private(set) var last: Int

    /// The longest time without a hit within a range, in milliseconds.
    private static let gap = 600_000

    /// The ranges of a batch, by site and time.
    static func all(of batch: Batch) -> [TouchedTime] {
        var times: [SiteID: [Int]] = [:]
        for entry in batch.entries {
            for hit in entry.hits { times[hit.site, default: []].append(hit.time.milliseconds) }
        }
        return times.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { ranges(of: $0.key, $0.value.sorted()) }
    }

    private static func ranges(of site: SiteID, _ times: [Int]) -> [TouchedTime] {
        var ranges: [TouchedTime] = []
        for time in times {
            if let last = ranges.last?.last, time - last <= gap {
                ranges[ranges.count - 1].last = time
            } else {
                ranges.append(TouchedTime(site: site, first: time, last: time))
            }
        }
        return ranges
    }
}
