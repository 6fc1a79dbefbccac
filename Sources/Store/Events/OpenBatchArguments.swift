import Analytics

/// The arguments of `open_batch` that describe the rows of a batch; texts in hexadecimal digits.
struct OpenBatchArguments {
    private(set) var eventSites: [Int32] = []
    private(set) var eventHours: [Int] = []
    private(set) var hitHours: [Int]
    /// The hour before which the late arrays hold every event; 0 if they are not filled.
    let before: Int
    let lateSites: [Int32]
    let lateUsers: [String]
    let lateKinds: [Int32]
    let lateTimes: [Int]
    let keySites: [Int32]
    let keys: [String]
    let responses: [String]
    let fingerprints: [String]
    private(set) var idSites: [Int32] = []
    private(set) var idDigests: [String] = []
    private(set) var idKeys: [Int32] = []
    private(set) var live: [String]?
    /// The sites of all rows.
    let sites: [Int32]
    /// The times of its hits.
    let touched: [TouchedTime]

    init(_ opening: OpenBatch) {
        let uses = opening.batch.keyUses
        let keyed = uses.indices.filter { uses[$0] == .first }.compactMap { opening.batch.entries[$0].request }
        keySites = keyed.map(\.site.rawValue)
        keys = keyed.map(\.key.text.hexadecimal)
        responses = keyed.map(\.response.hexadecimal)
        fingerprints = keyed.map { ($0.fingerprint?.bytes ?? []).hexadecimal }
        before = opening.late == nil ? 0 : opening.hour
        let late = opening.late ?? []
        lateSites = late.map(\.site.rawValue)
        lateUsers = late.map(\.user.text.hexadecimal)
        lateKinds = late.map { Int32($0.kind.rawValue) }
        lateTimes = late.map(\.time.milliseconds)
        let hours = SiteHour.all(of: opening.batch)
        eventSites = hours.map(\.site.rawValue)
        eventHours = hours.map(\.hour)
        hitHours = Set(opening.batch.entries.lazy.flatMap(\.hits).map(\.time.hour)).sorted()
        touched = TouchedTime.all(of: opening.batch)
        var sites = Set(hours.map(\.site))
        for entry in opening.batch.entries {
            sites.formUnion(entry.hits.lazy.map(\.site))
            sites.formUnion(entry.identities.lazy.map(\.site))
        }
        self.sites = sites.map(\.rawValue).sorted()
        addIDs(of: opening.batch, uses)
        // The live events of a batch with hits follow when it is known which of those are stored.
        let hasHits = !hitHours.isEmpty
        live = opening.live.map { hasHits ? [] : Self.liveRows(of: opening.batch, from: $0, uses) }
    }

    /// Adds the ids of the hits that are stored, each with the place of its entry's key, counted from 1, or 0.
    private mutating func addIDs(of batch: Batch, _ uses: [KeyUse]) {
        var place: Int32 = 0
        for (index, entry) in batch.entries.enumerated() {
            let use = uses.isEmpty ? .none : uses[index]
            if use == .first { place += 1 }
            guard batch.stores(use) else { continue }
            for hit in entry.hits {
                guard let id = hit.id else { continue }
                idSites.append(hit.site.rawValue)
                idDigests.append(id.digest.hexadecimal)
                idKeys.append(use == .first ? place : 0)
            }
        }
    }

    /// The rows for other servers: those without a key together, then those of each key.
    private static func liveRows(of batch: Batch, from earliest: Timestamp, _ uses: [KeyUse]) -> [String] {
        var unkeyed = PackedBlock()
        var keyed: [PackedBlock] = []
        for (index, entry) in batch.entries.enumerated() {
            let use = uses.isEmpty ? .none : uses[index]
            guard batch.stores(use) else { continue }
            guard use == .first else {
                unkeyed.add(entry, from: earliest)
                continue
            }
            keyed.append(PackedBlock())
            keyed[keyed.count - 1].add(entry, from: earliest)
        }
        return [unkeyed.bytes.hexadecimal] + keyed.map(\.bytes.hexadecimal)
    }
}

extension PackedBlock {
    fileprivate mutating func add(_ entry: Batch.Entry, from earliest: Timestamp) {
        events += entry.events.filter { $0.time >= earliest }
    }
}

extension Batch {
    /// True if an entry may be stored, as far as the batch itself tells.
    fileprivate func stores(_ use: KeyUse) -> Bool {
        switch use {
        case .none, .first: true
        case .again: false
        case .other: isAcknowledged
        }
    }
}

/// An hour of a site, in whole hours since 1970.
struct SiteHour: Hashable {
    let hour: Int
    let site: SiteID

    /// The hours in which a batch stores events, in order.
    static func all(of batch: Batch) -> [SiteHour] {
        var all: Set<SiteHour> = []
        // Most events are of the same hour and site as the one before.
        var last: SiteHour?
        for entry in batch.entries {
            // Copies no event, which would count the references to its user.
            let events = entry.events.span
            for index in events.indices { note(events[index].time, events[index].site, &all, &last) }
            for hit in entry.hits { if let event = hit.event { note(event.time, event.site, &all, &last) } }
        }
        return all.sorted { ($0.hour, $0.site.rawValue) < ($1.hour, $1.site.rawValue) }
    }

    private static func note(
        _ time: Timestamp,
        _ site: SiteID,
        _ all: inout Set<SiteHour>,
        _ last: inout SiteHour?
    ) {
        let own = SiteHour(hour: time.hour, site: site)
        guard own != last else { return }
        all.insert(own)
        last = own
    }
}
