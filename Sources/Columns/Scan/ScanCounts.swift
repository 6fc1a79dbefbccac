import Analytics

/// The counts of a query, from which its later answers are made.
///
/// Once some visitors have other hits, it is brought up to date by what these had and have: all counts are sums over
/// visitors.
package struct ScanCounts: Sendable {
    /// The groups of the query.
    private(set) var groups: Groups
    /// Those of the visitors of whom its conversions are a share; nil if it tells none.
    private(set) var audience: Groups?
    /// The values of each dimension, by which the groups go.
    private let texts: [[String?]]

    fileprivate init(_ groups: Groups, audience: Groups?, _ scan: Scan) {
        (self.groups, self.audience) = (groups, audience)
        texts = scan.keys.map(\.texts)
    }

    /// The memory that they take, in bytes.
    package var bytes: Int { groups.bytes + (audience?.bytes ?? 0) + texts.reduce(0) { $0 + $1.count * 16 } }

    /// Replaces what some visitors had by what they have.
    ///
    /// - Parameters:
    ///   - former: What they had.
    ///   - current: What they have.
    /// - Returns: What all visitors have; nil if that cannot be told.
    fileprivate func replacing(_ former: ScanCounts, by current: ScanCounts) -> ScanCounts? {
        // Values keep their places as long as texts are only added.
        let keep = zip(texts, current.texts).allSatisfy { $1.starts(with: $0) && $0.count <= $1.count }
        guard keep, former.texts == current.texts else { return nil }
        var counts = current
        counts.groups = groups.resized(to: current.groups.sizes)
        guard counts.groups.replace(former.groups, by: current.groups) else { return nil }
        guard let audience, let formerAudience = former.audience, let currentAudience = current.audience else {
            return audience == nil ? counts : nil
        }
        var all = audience.resized(to: currentAudience.sizes)
        guard all.replace(formerAudience, by: currentAudience) else { return nil }
        counts.audience = all
        return counts
    }
}

extension ScanPass {
    /// Counts what queries ask for by one pass.
    ///
    /// - Parameters:
    ///   - scans: The queries, all over the same timeline.
    ///   - workers: The threads that scan.
    /// - Returns: The counts, in the order of the queries.
    package static func counts(of scans: [Scan], by workers: ScanWorkers) async -> [ScanCounts] {
        let all = withAudiences(scans)
        guard let timeline = all.first?.timeline else { return [] }
        let groups = await ScanPass(all, timeline).groups(of: 0...(.max), workers)
        var audiences = groups.dropFirst(scans.count)
        return zip(groups, scans).map { groups, scan in
            ScanCounts(groups, audience: scan.needsAudience ? audiences.popFirst() : nil, scan)
        }
    }

    /// Brings what queries have counted up to date.
    ///
    /// - Parameters:
    ///   - counts: The counts.
    ///   - former: The same queries over the hits that some visitors had.
    ///   - current: The same queries over the hits that these have.
    ///   - workers: The threads that scan.
    /// - Returns: The counts, nil for those that cannot be told.
    package static func counts(
        _ counts: [ScanCounts],
        replacing former: [Scan],
        by current: [Scan],
        _ workers: ScanWorkers
    ) async -> [ScanCounts?] {
        let removed = await self.counts(of: former, by: workers)
        let added = await self.counts(of: current, by: workers)
        return zip(counts, zip(removed, added)).map { $0.replacing($1.0, by: $1.1) }
    }
}
