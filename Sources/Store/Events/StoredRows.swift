import Analytics
import FoundationEssentials

/// The events, hits and identities of a batch that are stored, with their places in the batch.
struct StoredRows: Sendable {
    /// The events, in parts; each part is one of an entry, or those that the hits of an entry are as well.
    private(set) var events: [[Event]] = []
    private(set) var hits: [[PlacedHit]] = []
    private var told = ToldIdentities()
    /// The number of hits of the entries so far, stored or not.
    private var hitCount = 0
    /// The place of each part's first event, or of each of its events, among the rows of the batch.
    private var eventPlaces: [Places] = []
    private var hitPlaces: [Places] = []

    /// A hit with its place among all hits of the batch.
    struct PlacedHit: Sendable {
        let hit: Hit
        let place: Int
    }

    private enum Places {
        case run(first: Int)
        case each([Int])

        subscript(index: Int) -> Int {
            switch self {
            case .run(let first): first + index
            case .each(let places): places[index]
            }
        }
    }

    /// The rows that tell the identities.
    var identities: [PlacedIdentity] { told.rows }

    /// Passes over an entry that is not stored.
    mutating func skip(_ entry: Batch.Entry) {
        hitCount += entry.hits.count
    }

    /// Adds the rows of an entry, without hits whose ids have been seen.
    mutating func add(_ entry: Batch.Entry, at first: Int, _ seen: inout Set<SiteHitID>) {
        events.append(entry.events)
        eventPlaces.append(.run(first: first))
        if !entry.hits.isEmpty { addHits(of: entry, at: first + entry.events.count, &seen) }
        for (index, identity) in entry.identities.enumerated() {
            told.add(identity, at: first + entry.events.count + entry.hits.count + index)
        }
    }

    /// Adds the hits of an entry, the first of which has a place among the rows of the batch.
    private mutating func addHits(of entry: Batch.Entry, at first: Int, _ seen: inout Set<SiteHitID>) {
        defer { hitCount += entry.hits.count }
        var hits: [PlacedHit] = []
        var places: [Int] = []
        var ownEvents: [Event] = []
        var ownPlaces: [Int] = []
        for (index, hit) in entry.hits.enumerated() {
            if let id = hit.id, !seen.insert(SiteHitID(hit.site, id)).inserted { continue }
            let place = first + index
            hits.append(PlacedHit(hit: hit, place: hitCount + index))
            places.append(place)
            if let identity = hit.identity { told.add(identity, at: place) }
            guard let event = hit.event else { continue }
            ownEvents.append(event)
            ownPlaces.append(place)
        }
        self.hits.append(hits)
        hitPlaces.append(.each(places))
        events.append(ownEvents)
        eventPlaces.append(.each(ownPlaces))
    }

    /// The events that are rows at some places of the batch, or that hits are there.
    func events(at wanted: Set<Int>) -> [Event] {
        zip(events, eventPlaces).flatMap { part, places in
            part.indices.filter { wanted.contains(places[$0]) }.map { part[$0] }
        }
    }

    /// The hits at some places of the batch.
    func hits(at wanted: Set<Int>) -> [PlacedHit] {
        zip(hits, hitPlaces).flatMap { part, places in
            part.indices.filter { wanted.contains(places[$0]) }.map { part[$0] }
        }
    }

    /// The place in the batch of a row of a table; nil if there are fewer, or if the rows of the table are no rows of it.
    func place(of row: Int, in table: String) -> Int? {
        switch table {
        case Event.table: Self.place(of: row, events.map(\.count), eventPlaces)
        case Hit.table: Self.place(of: row, hits.map(\.count), hitPlaces)
        case Identity.table: identities.indices.contains(row) ? identities[row].place : nil
        default: nil
        }
    }

    private static func place(of row: Int, _ counts: [Int], _ places: [Places]) -> Int? {
        var row = row
        for (count, places) in zip(counts, places) {
            if row < count { return places[row] }
            row -= count
        }
        return nil
    }
}

/// The id of a hit on a site, as the database keeps it: the first 16 bytes of the SHA-256 of the id's text.
struct SiteHitID: Hashable, Sendable {
    let site: SiteID
    let digest: UUID

    init(site: SiteID, digest: UUID) {
        self.site = site
        self.digest = digest
    }

    init(_ site: SiteID, _ id: HitID) {
        self.init(site: site, digest: UUID(digest: id.digest))
    }
}
