/// The hits of a site that the server has acknowledged, from which the counts follow.
///
/// A visitor takes about 100 bytes, and each of their further visits 20 to 40, however many hits they have; a visitor cannot
/// have more than 48 visits a day. Named users have up to four names, visitors who are known by their address one for each
/// date.
struct PageLedger: Sendable {
    /// A name by which hits are sent: those of one name are one visitor's.
    private struct Name: Hashable {
        let bits: UInt64

        private init(user: UInt32, kind: UInt32, day: UInt32 = 0) {
            bits = UInt64(user) << 32 | UInt64(kind) << 16 | UInt64(day)
        }

        static func user(_ user: UInt32) -> Name { Name(user: user, kind: 0) }

        static func device(_ user: UInt32, _ device: UInt8) -> Name { Name(user: user, kind: 1 + UInt32(device)) }

        static func address(_ user: UInt32, day: UInt32) -> Name { Name(user: user, kind: 0xFFFF, day: day) }

        var user: UInt32 { UInt32(bits >> 32) }
        var isUser: Bool { bits >> 16 & 0xFFFF == 0 }
    }

    private static let dayLength = 86_400

    /// The UTC day of the start of the range, counted from 1970-01-01.
    private let firstDay: Int
    /// The start of the range in milliseconds since the start of its day.
    private let offset: UInt32
    private var visitors: [Name: VisitorRuns] = [:]
    /// The devices of users, whose hits are all hits of the user.
    private var devices: Set<Name> = []
    /// Of hits that are sent twice, those of which the fate of one is known: true if it is counted.
    private var twins: [UInt64: Bool] = [:]

    /// - Parameter start: The first second of the range, since 1970.
    init(start: Int) {
        firstDay = start / Self.dayLength
        offset = UInt32(start % Self.dayLength * 1_000)
    }

    /// Takes a hit that is stored.
    mutating func acknowledge(_ hit: PageHit) {
        if hit.isSentTwice, !note(hit, isStored: true) { return }
        let time = offset + hit.time
        let name: Name
        switch hit.naming {
        case .user: name = .user(hit.user)
        case .device: name = .device(hit.user, hit.device)
        case .address: name = .address(hit.user, day: time / 1_000 / UInt32(Self.dayLength))
        case .userAndDevice:
            name = .user(hit.user)
            devices.insert(.device(hit.user, hit.device))
        }
        visitors[name, default: VisitorRuns()].add(HitRun(hit, at: time))
    }

    /// Takes a hit that is not stored.
    mutating func drop(_ hit: PageHit) {
        if hit.isSentTwice { _ = note(hit, isStored: false) }
    }

    /// The counts of the hits so far.
    func counts(of site: Site) -> SitePageCounts {
        var tally = PageTally()
        var users: [UInt32: [VisitorRuns]] = [:]
        for (name, runs) in visitors {
            if name.isUser || devices.contains(name) {
                users[name.user, default: []].append(runs)
            } else {
                tally.add(runs)
            }
        }
        for parts in users.values { tally.add(VisitorRuns(joining: parts)) }
        let days = tally.days.map { ($0.key + firstDay, $0.value) }.filter { $0.1 != PageCounts() }
        return SitePageCounts(site: site.name, total: tally.total, days: Dictionary(uniqueKeysWithValues: days))
    }

    /// Notes the fate of one of the two copies of a hit; returns true if it is stored, and the first that is.
    private mutating func note(_ hit: PageHit, isStored: Bool) -> Bool {
        guard let isCounted = twins.removeValue(forKey: hit.number) else {
            twins[hit.number] = isStored
            return isStored
        }
        return isStored && !isCounted
    }
}
