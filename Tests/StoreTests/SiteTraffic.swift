import Analytics
import Support

/// Random events and hits of several sites, and the events that count.
///
/// A hit that counts is made from its event, so that the count by hand does not depend on the code that finds the event of
/// a hit.
struct SiteTraffic {
    /// The sites; the first one has half of the traffic.
    static let sites = (1...4).map { SiteID(rawValue: $0) }
    /// The statement that adds the other sites to a database.
    static let insertion = "INSERT INTO site SELECT id, 'site' || id FROM generate_series(2, 4) AS id"

    /// Makes the random times of events.
    private let time: (inout SeededGenerator) -> Timestamp
    private var counted: [SiteID: [Event]] = [:]
    /// The hits with ids so far.
    private var sent: [Hit] = []

    init(_ held: [Event] = [], time: @escaping (inout SeededGenerator) -> Timestamp) {
        counted = Dictionary(grouping: held, by: \.site)
        self.time = time
    }

    /// The expected counts of an hour.
    func hour(of site: SiteID, endingAt moment: Timestamp) -> HourReport {
        counted[site, default: []].hour(endingAt: moment)
    }

    /// Makes a batch with a number of events that count, and with hits that do not; a third of its events come by hits,
    /// which have ids in some batches, or none do.
    mutating func batch(_ count: Int, _ generator: inout SeededGenerator) -> Batch {
        var entries = [(events: [Event], hits: [Hit])](repeating: ([], []), count: 3)
        let hasHits = Int.random(in: 0..<3, using: &generator) > 0
        let hasIDs = Bool.random(using: &generator)
        for _ in 0..<count {
            let entry = entries.indices.randomElement(using: &generator) ?? 0
            let event = event(&generator)
            counted[event.site, default: []].append(event)
            guard hasHits, Int.random(in: 0..<3, using: &generator) == 0 else {
                entries[entry].events.append(event)
                continue
            }
            let hit = hit(event, hasID: hasIDs, &generator)
            entries[entry].hits += [hit, idle(hasID: hasIDs, &generator)]
            // The second one is a repetition.
            if hasIDs, Bool.random(using: &generator) { entries[entry].hits.append(hit) }
        }
        if hasHits, hasIDs {
            if let again = sent.randomElement(using: &generator) { entries[0].hits.append(again) }
            sent += entries.flatMap(\.hits)
        }
        return Batch(entries: entries.map { Batch.Entry(events: $0.events, hits: $0.hits) })
    }

    /// An event of one of few users, so that most are in several hours; half of the users are visitors.
    private func event(_ generator: inout SeededGenerator) -> Event {
        let number = Int.random(in: 1...25, using: &generator)
        let site = Bool.random(using: &generator) ? Site.standard : Self.sites.randomElement(using: &generator)
        return Event(
            time: time(&generator),
            user: number.isMultiple(of: 2) ? .named("user \(number)") : .visitor(number),
            kind: Bool.random(using: &generator) ? .click : .impression,
            site: site ?? Site.standard
        )
    }

    /// The hit that counts as an event.
    private func hit(_ event: Event, hasID: Bool, _ generator: inout SeededGenerator) -> Hit {
        var hit = Hit.random(using: &generator)
        if !hasID { hit.id = nil }
        hit.time = event.time
        hit.site = event.site
        hit.name = event.kind == .click ? "click" : "impression"
        hit.flags.remove(.bot)
        hit.user = event.user
        if let visitor = event.user.visitor { (hit.user, hit.visitor) = (nil, visitor) }
        return hit
    }

    /// A hit that does not count, for one of three reasons.
    private func idle(hasID: Bool, _ generator: inout SeededGenerator) -> Hit {
        var hit = hit(event(&generator), hasID: hasID, &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: hit.name = "pageview"
        case 1: hit.flags.insert(.bot)
        default: (hit.user, hit.visitor) = (nil, nil)
        }
        return hit
    }
}

extension User {
    /// The user who stands for a visitor in the hour.
    fileprivate static func visitor(_ number: Int) -> User {
        let digits = String(number, radix: 16)
        return .named("\u{1}" + String(repeating: "0", count: 16 - digits.count) + digits)
    }

    /// The visitor for whom the user stands; nil for a user with a name.
    fileprivate var visitor: Visitor? {
        guard text.first == "\u{1}" else { return nil }
        return UInt64(text.dropFirst(), radix: 16).map { Visitor(rawValue: $0) }
    }
}
