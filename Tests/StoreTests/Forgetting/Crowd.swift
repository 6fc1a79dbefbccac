import Analytics
import Postgres
import Support

/// Random events, hits and identities of a few people with devices on several sites, and what has to be left of them.
struct Crowd {
    /// A row that has been stored, by the name that its user has in events.
    private struct Row {
        let site: SiteID
        let name: User
        let event: Event?
        let hit: Hit?
    }

    static let sites = (1...2).map { SiteID(rawValue: $0) }
    private static let people = 5

    /// Makes the random times of events.
    private let time: (inout SeededGenerator) -> Timestamp
    private var rows: [Row] = []
    /// The person to whom a device belongs, by sites.
    private var owners: [SiteID: [Visitor: Int]] = [:]

    init(time: @escaping (inout SeededGenerator) -> Timestamp) {
        self.time = time
    }

    static func user(_ person: Int) -> User { .named("person \(person)") }
    static func visitor(_ person: Int) -> Visitor { Visitor(rawValue: UInt64.max - UInt64(person)) }
    private static func device(_ person: Int, _ number: Int) -> Visitor {
        Visitor(rawValue: UInt64(person * 10 + number))
    }

    static func random(_ generator: inout SeededGenerator) -> (person: Int, site: SiteID) {
        (.random(in: 0..<people, using: &generator), sites.randomElement(using: &generator) ?? Site.standard)
    }

    /// Makes a batch of entries, each of which was accepted at a time of its own, if at all before.
    mutating func batch(_ count: Int, _ generator: inout SeededGenerator, person: Int? = nil) -> Batch {
        var events: [Event] = []
        var hits: [Hit] = []
        var identities: [Identity] = []
        for _ in 0..<count {
            var (one, site) = Self.random(&generator)
            one = person ?? one
            let device = Self.device(one, .random(in: 0..<2, using: &generator))
            let time = time(&generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0..<2:
                let name = Bool.random(using: &generator) ? Self.user(one) : device.user
                let kind: Event.Kind = Bool.random(using: &generator) ? .click : .impression
                events.append(Event(time: time, user: name, kind: kind, site: site))
                rows.append(Row(site: site, name: name, event: events[events.count - 1], hit: nil))
            case 2..<5:
                let hit = hit(of: one, device, at: time, on: site, &generator)
                hits.append(hit)
                rows.append(Row(site: site, name: hit.visitor?.user ?? .named("-"), event: hit.event, hit: hit))
            default:
                identities.append(
                    Identity(time: time, site: site, visitor: Self.visitor(one), user: Self.user(one), device: device)
                )
                note(device, of: one, on: site)
            }
        }
        return Batch(entries: [Batch.Entry(events: events, hits: hits, identities: identities)])
    }

    private mutating func hit(
        of person: Int,
        _ device: Visitor,
        at time: Timestamp,
        on site: SiteID,
        _ generator: inout SeededGenerator
    ) -> Hit {
        var hit = Hit.random(using: &generator)
        (hit.id, hit.user, hit.device, hit.visitor) = (nil, nil, nil, device)
        (hit.time, hit.site) = (time, site)
        hit.flags = [.interactive]
        guard Bool.random(using: &generator) else { return hit }
        hit.flags.insert(.namedUser)
        (hit.user, hit.visitor) = (Self.user(person), Self.visitor(person))
        if Bool.random(using: &generator) {
            hit.device = device
            note(device, of: person, on: site)
        }
        return hit
    }

    /// Notes the owner of a device; the first one stays.
    private mutating func note(_ device: Visitor, of person: Int, on site: SiteID) {
        if owners[site, default: [:]][device] == nil { owners[site, default: [:]][device] = person }
    }

    /// Forgets a person on a site.
    mutating func forget(_ person: Int, on site: SiteID) {
        let devices = owners[site, default: [:]].filter { $0.value == person }.map(\.key)
        let names = Set([Self.user(person), Self.visitor(person).user] + devices.map(\.user))
        rows.removeAll { $0.site == site && names.contains($0.name) }
        for device in devices { owners[site]?[device] = nil }
    }

    /// The expected counts of an hour.
    func hour(of site: SiteID, endingAt moment: Timestamp) -> HourReport {
        rows.filter { $0.site == site }.compactMap(\.event).hour(endingAt: moment)
    }

    /// The expected number of hits of each visitor.
    var hits: [String: Int] {
        rows.reduce(into: [:]) { counts, row in
            guard let hit = row.hit, let visitor = hit.visitor else { return }
            counts["\(row.site.rawValue) \(Int64(bitPattern: visitor.rawValue))", default: 0] += 1
        }
    }

    /// The expected number of events in the visits of each visitor.
    var visits: [String: Int] {
        rows.reduce(into: [:]) { counts, row in
            guard let hit = row.hit, let visitor = hit.visitor, hit.name != "impression" else { return }
            let resolved = owners[row.site]?[visitor].map(Self.visitor) ?? visitor
            counts["\(row.site.rawValue) \(Int64(bitPattern: resolved.rawValue))", default: 0] += 1
        }
    }
}

extension TestDatabase {
    /// Numbers by texts.
    func counts(_ sql: String) async throws -> [String: Int] {
        try await Connection.with(url) { connection in
            try await connection.values(sql).reduce(into: [:]) { counts, row in
                guard row.count == 2, let key = row[0], let value = row[1].flatMap({ Int($0) }) else { return }
                counts[key] = value
            }
        }
    }
}
