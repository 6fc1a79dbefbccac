import Analytics
import Synchronization

/// Refused hits that the database has not been told yet.
final class RefusalBuffer: Sendable {
    struct Key: Hashable, Sendable {
        let site: SiteID
        let hour: Int
        let reason: String
    }

    struct Contents: Sendable {
        var counts: [Key: Int] = [:]
        /// The last hits of each site.
        var hits: [SiteID: [RefusedHit]] = [:]
    }

    /// The most hits of a site to keep: the database keeps no more.
    private static let mostHits = 100
    /// The most sites, and the most counts, between two deliveries.
    private static let mostSites = 1_000
    private static let mostCounts = 100_000

    private let contents = Mutex(Contents())

    func add(_ refusals: [RefusedHit]) {
        contents.withLock { contents in
            for refusal in refusals {
                let key = Key(site: refusal.site, hour: refusal.time.hour, reason: refusal.reason)
                if contents.counts[key] != nil || contents.counts.count < Self.mostCounts {
                    contents.counts[key, default: 0] += 1
                }
                guard contents.hits[refusal.site] != nil || contents.hits.count < Self.mostSites else { continue }
                contents.hits[refusal.site, default: []].append(refusal)
                if contents.hits[refusal.site, default: []].count > 2 * Self.mostHits {
                    contents.hits[refusal.site]?.removeFirst(Self.mostHits)
                }
            }
        }
    }

    /// Takes everything; nil if there is nothing.
    func take() -> Contents? {
        contents.withLock { contents in
            guard !contents.counts.isEmpty else { return nil }
            defer { contents = Contents() }
            for site in contents.hits.keys {
                contents.hits[site] = contents.hits[site]?.suffix(Self.mostHits)
            }
            return contents
        }
    }

    /// Puts the counts back that the database could not be told; the hits are given up.
    func putBack(_ former: Contents) {
        contents.withLock { contents in
            for (key, count) in former.counts
            where contents.counts[key] != nil || contents.counts.count < Self.mostCounts {
                contents.counts[key, default: 0] += count
            }
        }
    }
}
