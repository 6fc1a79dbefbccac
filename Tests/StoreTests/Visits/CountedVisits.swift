import Analytics

/// The visits of hits counted by hand, as the contract has it, and without regard to the time that takes.
struct CountedVisits {
    private static let (minute, day) = (60_000, 86_400_000)

    private let site: VisitSite
    private let hits: [Hit]

    init(of hits: [Hit], _ site: VisitSite) {
        self.site = site
        self.hits = hits.filter { $0.site == site.id && !$0.flags.contains(.bot) && $0.visitor != nil }
    }

    var visits: [VisitLine] {
        Set(hits.compactMap(resolved)).flatMap { visitor in
            visits(of: visitor, hits.filter { resolved($0) == visitor })
        }
    }

    private func resolved(_ hit: Hit) -> Visitor? {
        guard let visitor = hit.visitor else { return nil }
        return site.aliases[visitor] ?? visitor
    }

    /// True if the hit is counted as one of a visitor of rule 3, who has a date.
    private func isDated(_ hit: Hit) -> Bool {
        hit.flags.contains(.dated) && resolved(hit) == hit.visitor
    }

    private func visits(of visitor: Visitor, _ own: [Hit]) -> [VisitLine] {
        let times = own.map(\.time.milliseconds)
        let ends = Set(own.filter { endsBefore($0, times) }.map(\.time.milliseconds))
        let parts = Dictionary(grouping: own) { hit in ends.count { $0 <= hit.time.milliseconds } }
        return parts.values.compactMap { part in
            let counted = part.filter { $0.name != "engagement" }
                .sorted { key(of: $0).lexicographicallyPrecedes(key(of: $1)) }
            guard let first = counted.first, let last = counted.last else { return nil }
            let views = counted.filter { $0.name == "pageview" }
            let others = counted.filter { $0.name != "pageview" && $0.name != "impression" }
            var line = VisitLine(site: site.id, visitor: visitor, first: first, isDated: isDated(first))
            line.end = last.time
            line.pageviews = views.count
            line.events = views.count + others.count
            line.isBounce = views.count < 2 && !others.contains { $0.flags.contains(.interactive) }
            line.entry = (views.first?.path, views.first?.host)
            line.exit = (views.last?.path, views.last?.host)
            return line
        }
    }

    /// True if what came before a hit is not of its visit.
    private func endsBefore(_ hit: Hit, _ times: [Int]) -> Bool {
        let time = hit.time.milliseconds
        guard let before = times.filter({ $0 < time }).max() else { return true }
        if time - before > 30 * Self.minute { return true }
        let isOver = site.midnights.contains { before < $0.milliseconds && $0.milliseconds <= time }
        if isDated(hit), isOver { return true }
        let midnight = time / Self.day * Self.day
        guard before < midnight else { return false }
        // No gap since the midnight before: whoever looks back from a moment since then sees a hit within 30 minutes.
        return times.contains { $0 <= midnight - Self.day }
            && times.filter { $0 > midnight - Self.day && $0 <= time }.allSatisfy { later in
                times.contains { $0 < later && later - $0 <= 30 * Self.minute }
            }
    }

    /// Bytes in the order of hits of a millisecond: numbers, then texts that end with a zero, or are missing and come
    /// last.
    private func key(of hit: Hit) -> [UInt8] {
        let kind = ["pageview": 0, "impression": 2][hit.name] ?? 1
        let numbers = [isDated(hit) ? 1 : 0, kind, hit.flags.contains(.interactive) ? 1 : 0]
        let texts = [hit.name, hit.path, hit.host] + VisitLine.attributes(of: hit)
        return Array("\(hit.time.milliseconds)".utf8) + numbers.map { UInt8($0) }
            + texts.flatMap { $0.map { Array($0.utf8) + [0] } ?? [0xFF] }
    }
}
