import Analytics
import Support

/// Random hits of a site around a moment: of a few visitors, some of whom are users, of machines, and of nobody.
struct RecentTraffic {
    /// 2026-03-07 12:00:20 UTC.
    static let moment = Timestamp(milliseconds: 1_772_884_820_000)

    private var random: SeededGenerator
    private var number = 0
    let site = VisitSite.all[0].id
    /// The users whom visitors may become known to be.
    private(set) var aliases: [Visitor: Visitor] = [:]

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        for number in 4...9 as ClosedRange<UInt64> {
            aliases[Visitor(rawValue: number)] = Visitor(rawValue: .random(in: 1...3, using: &random))
        }
    }

    /// A batch of hits before and after a moment, most of them just before it.
    mutating func batch(before moment: Timestamp) -> Batch {
        let count = Int.random(in: 0...12, using: &random)
        var hits = (0..<count).map { _ in hit(before: moment) }
        // The same hit, once more.
        if let hit = hits.first, Bool.random(using: &random) { hits.append(hit) }
        return Batch(entries: [Batch.Entry(hits: hits)])
    }

    private mutating func hit(before moment: Timestamp) -> Hit {
        let ages = [0, 1, 900, 60_000, 299_999, 300_000, 300_001, 1_799_999, 1_800_000, 1_800_001, -59_999, -60_000]
        let age =
            Bool.random(using: &random)
            ? Int.random(in: -120_000...2_400_000, using: &random) : ages.randomElement(using: &random) ?? 0
        let name = ["pageview", "pageview", "engagement", "click", "Sign up"].randomElement(using: &random) ?? ""
        var hit = Hit(time: moment.advanced(by: .milliseconds(-age)), site: site, name: name)
        hit.visitor = Visitor(rawValue: .random(in: 1...15, using: &random))
        switch Int.random(in: 0..<8, using: &random) {
        case 0: hit.visitor = nil
        case 1: hit.flags.insert(.bot)
        default: break
        }
        number += 1
        hit.path = Bool.random(using: &random) ? "/" : "/\(number)"
        return hit
    }
}

extension RecentCounts {
    /// The counts of some hits, one after another.
    init(of hits: [Hit], _ aliases: [Visitor: Visitor], at moment: Timestamp) {
        let people = hits.filter { !$0.flags.contains(.bot) }
        func visitors(from start: Int, to end: Int) -> Int {
            Set(
                people.filter {
                    $0.name != "engagement" && start <= $0.time.milliseconds && $0.time.milliseconds < end
                }.compactMap { hit in hit.visitor.map { aliases[$0] ?? $0 } }
            ).count
        }
        let now = moment.milliseconds
        let minute = now - now % 60_000
        self.init(
            moment: moment,
            now: visitors(from: now - 300_000, to: now + 60_000),
            halfHour: visitors(from: now - 1_800_000, to: now + 60_000),
            minutes: (-29...0).map { number in
                let start = minute + number * 60_000
                return Minute(
                    start: Timestamp(milliseconds: start),
                    visitors: visitors(from: start, to: start + 60_000),
                    pageviews: people.count {
                        $0.name == "pageview" && start <= $0.time.milliseconds && $0.time.milliseconds < start + 60_000
                    }
                )
            }
        )
    }
}
