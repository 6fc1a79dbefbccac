import Analytics
import Support

/// Random hits of sites within a few days, many of them close to midnights, and with gaps of about 30 minutes.
struct VisitTraffic {
    /// The days on which clocks change in one of the zones, each with the days around it: 2025-11-01, 2026-03-07,
    /// 2026-04-04, 2025-09-27.
    private static let firstDays = [20_393, 20_519, 20_547, 20_358]
    private static let gaps = [
        0, 0, 1, 999, 60_000, 600_000, 1_799_999, 1_800_000, 1_800_000, 1_800_001, 2_700_000,
    ]

    private var generator: SeededGenerator
    /// The first day, as days since 1970.
    let firstDay: Int
    private(set) var hits: [Hit] = []
    private(set) var sites: [VisitSite]

    /// Makes the hits of all sites from a seed, and stores the sites.
    init(seed: UInt64, in database: TestDatabase) async throws {
        let reading = VisitReading(database: database)
        generator = SeededGenerator(seed: seed)
        firstDay = Self.firstDays[Int(seed) % Self.firstDays.count]
        sites = VisitSite.all
        for place in sites.indices {
            sites[place].midnights = try await reading.midnights(of: sites[place].zone, from: firstDay - 2)
            addVisitors(to: place)
        }
        try await database.run(VisitSite.insertion)
    }

    /// Visitors of all kinds: 1 and 2 are named users, 3 to 5 of a device, 6 to 9 of a date.
    private mutating func addVisitors(to place: Int) {
        for number in 1...9 as ClosedRange<UInt64> {
            // Both halves of the numbers, which are stored with a sign.
            let visitor = Visitor(rawValue: number.isMultiple(of: 2) ? .max - number : number)
            let flags: Hit.Flags = number < 3 ? .namedUser : number > 5 ? .dated : []
            if number > 2, Int.random(in: 0..<3, using: &generator) == 0 {
                // The last one has no hits as a named user.
                sites[place].aliases[visitor] = [1, .max - 2, 77].randomElement(using: &generator).map(Visitor.init)
            }
            for _ in 0..<Int.random(in: 1...3, using: &generator) { addCourse(of: visitor, flags, to: place) }
        }
    }

    /// Hits that follow each other, mostly without a gap; a few go on for days.
    private mutating func addCourse(of visitor: Visitor, _ flags: Hit.Flags, to place: Int) {
        let isLong = Int.random(in: 0..<8, using: &generator) == 0
        let midnight = (firstDay + Int.random(in: 0...2, using: &generator)) * 86_400_000
        var time = isLong && Bool.random(using: &generator) ? midnight : start(in: sites[place].midnights.prefix(10))
        // Half of the long ones have a hit on each midnight.
        let steady = Bool.random(using: &generator) ? [1_800_000] : [1_790_000, 1_800_000]
        for _ in 0..<(isLong ? Int.random(in: 60...150, using: &generator) : Int.random(in: 1...8, using: &generator)) {
            let isSteady = isLong && Int.random(in: 0..<100, using: &generator) > 0
            let gaps = isSteady ? steady : Self.gaps
            let names = isLong ? ["engagement", "engagement", "pageview"] : Self.names
            add(visitor, flags, time, names.randomElement(using: &generator) ?? "", to: place)
            time += gaps.randomElement(using: &generator) ?? 0
        }
    }

    private static let names = ["pageview", "pageview", "engagement", "engagement", "click", "impression", "Sign up"]

    /// A moment on a midnight, or up to an hour from one, or anywhere.
    private mutating func start(in midnights: ArraySlice<Timestamp>) -> Int {
        let utc = (firstDay + Int.random(in: 0...4, using: &generator)) * 86_400_000
        let local = midnights.randomElement(using: &generator)?.milliseconds ?? utc
        let offset = Int.random(in: -3_600_000...3_600_000, using: &generator)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: return utc
        case 1: return local
        case 2, 3: return utc + offset
        case 4, 5: return local + offset
        default: return utc + 12 * offset
        }
    }

    private mutating func add(_ visitor: Visitor, _ flags: Hit.Flags, _ time: Int, _ name: String, to place: Int) {
        var hit = Hit(time: Timestamp(milliseconds: time), site: sites[place].id, name: name, flags: flags)
        hit.visitor = visitor
        // Few, since each of them is a gap in a long course.
        switch Int.random(in: 0..<200, using: &generator) {
        case 0: hit.visitor = nil
        case 1: hit.flags.insert(.bot)
        default: break
        }
        if Bool.random(using: &generator) { hit.flags.insert(.interactive) }
        hit.host = ["a.example", "b.example", nil].randomElement(using: &generator) ?? nil
        hit.path = ["/", "/b", "/Z", "/é", "/e\u{301}", "", nil].randomElement(using: &generator) ?? nil
        if Bool.random(using: &generator) { hit.place = .random(using: &generator) }
        if Bool.random(using: &generator) { hit.agent = .random(using: &generator) }
        if Bool.random(using: &generator) { hit.origin = .random(using: &generator) }
        hit.origin?.utmMedium = ["mail", nil].randomElement(using: &generator) ?? nil
        hit.agent?.language = ["de", "fr", nil].randomElement(using: &generator) ?? nil
        if name == "engagement" {
            hit.engaged = [1_000, 2_500, nil].randomElement(using: &generator) ?? nil
            hit.scroll = [0, 30, 75, nil].randomElement(using: &generator) ?? nil
        }
        if name == "Sign up" {
            hit.props =
                [#"{"plan": "pro", "seats": 3}"#, #"{"plan": "Basic"}"#, #"{"seats": 3}"#, nil]
                .randomElement(using: &generator) ?? nil
            hit.value = [12_500_000, 1, -3_000_000, nil].randomElement(using: &generator)?.flatMap(Amount.init)
            if hit.value != nil { hit.currency = ["EUR", "USD", nil].randomElement(using: &generator) ?? nil }
        }
        if Bool.random(using: &generator) { hit.id = try? HitID(parsing: "\(hits.count)") }
        hits.append(hit)
    }

    /// The hits in random order and in batches of random sizes; some with an id come again.
    mutating func batches() -> [Batch] {
        let again = hits.filter { $0.id != nil && Int.random(in: 0..<5, using: &generator) == 0 }
        var rest = (hits + again).shuffled(using: &generator)[...]
        var batches: [Batch] = []
        while !rest.isEmpty {
            let entries = (0..<3).map { _ in
                let hits = rest.prefix(.random(in: 0...60, using: &generator))
                rest = rest.dropFirst(hits.count)
                return Batch.Entry(hits: Array(hits))
            }
            batches.append(Batch(entries: entries))
        }
        return batches
    }
}
