@testable import Load

/// Counts hits from nothing but their fields, each visitor's by comparing them with one another.
struct HitCensus {
    private struct Hit {
        let time: Int
        let name: String
        let interactive: Bool
        /// The visitor before aliases, the user's name if there is one, and the device's.
        let visitor: String
        let user: String?
        let device: String?
        let isDated: Bool

        var day: Int { time / 86_400_000 }
        var isCounted: Bool { name != "engagement" }
        var endsBounce: Bool { interactive && !["pageview", "engagement", "impression"].contains(name) }
    }

    private static let gap = 1_800_000
    private let hits: [Hit]

    /// Takes the stored hits of one site; of those with the same id only the first.
    init(_ sent: [SentHit]) {
        var ids: Set<String> = []
        hits = sent.filter { ids.insert($0.id).inserted }.map { hit in
            let day = hit.timestamp / 86_400_000
            let address = hit.ip.map { "\(day) \(Self.network($0)) \(hit.userAgent ?? "")" }
            return Hit(
                time: hit.timestamp,
                name: hit.name,
                interactive: hit.interactive ?? true,
                visitor: hit.user.map { "user \($0)" } ?? hit.visitor.map { "device \($0)" } ?? address ?? "nobody",
                user: hit.user,
                device: hit.visitor,
                isDated: hit.user == nil && hit.visitor == nil
            )
        }
    }

    /// The counts of the hits and visits of some days, or of all.
    func counts(on chosen: Int? = nil) -> PageCounts {
        var users: [String: String] = [:]
        for hit in hits {
            if let user = hit.user, let device = hit.device { users["device \(device)"] = "user \(user)" }
        }
        func isIn(_ hit: Hit) -> Bool { chosen == nil || hit.day == chosen }
        var counts = PageCounts()
        counts.pageviews = hits.count { $0.name == "pageview" && isIn($0) }
        for (_, hits) in Dictionary(grouping: hits, by: { users[$0.visitor] ?? $0.visitor }) {
            if hits.contains(where: { $0.isCounted && isIn($0) }) { counts.visitors += 1 }
            for visit in visits(hits.sorted { $0.time < $1.time }) {
                guard let first = visit.first(where: \.isCounted), isIn(first) else { continue }
                counts.visits += 1
                let views = visit.count { $0.name == "pageview" }
                if views < 2, !visit.contains(where: \.endsBounce) { counts.bounces += 1 }
            }
        }
        return counts
    }

    var days: Set<Int> { Set(hits.map(\.day)) }

    private func visits(_ hits: [Hit]) -> [[Hit]] {
        var visits: [[Hit]] = []
        for (index, hit) in hits.enumerated() {
            if index > 0, !isCut(hits, before: index) {
                visits[visits.count - 1].append(hit)
            } else {
                visits.append([hit])
            }
        }
        return visits
    }

    private func isCut(_ hits: [Hit], before index: Int) -> Bool {
        let (last, next) = (hits[index - 1], hits[index])
        if next.time - last.time > Self.gap { return true }
        if next.day == last.day { return false }
        if next.isDated { return true }
        // Back to the first of the hits that follow each other without a gap.
        var first = index - 1
        while first > 0, hits[first].time - hits[first - 1].time <= Self.gap { first -= 1 }
        return hits[first].time <= last.day * 86_400_000
    }

    /// An IPv4 address, or the first 64 bits of an IPv6 address.
    private static func network(_ address: String) -> String {
        address.contains(":") ? address.split(separator: ":").prefix(4).joined(separator: ":") : address
    }
}
