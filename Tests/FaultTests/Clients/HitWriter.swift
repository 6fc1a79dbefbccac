import Analytics
import Support
import Testing

/// Appends batches of events and hits of many sites to a store, each once.
///
/// All users and visitors are different, so that no two rows are equal.
struct HitWriter: Sendable {
    static let sites = (1...20).map { SiteID(rawValue: $0) }
    /// The statement that adds those sites to a database which lacks some.
    static let insertion = """
        INSERT INTO hourglass.site (id, name) SELECT id, 'site' || id FROM generate_series(1, 20) AS id
            ON CONFLICT DO NOTHING
        """

    private let number: Int
    private let store: any EventStore
    private let ledger: HitLedger
    private let base: Timestamp
    private var generator: SeededGenerator
    private var count = 0
    /// The last hits with ids, to be sent again.
    private var recent: [Hit] = []

    /// - Parameters:
    ///   - number: The number of the writer, which is in its users and ids.
    ///   - store: The store.
    ///   - ledger: Gets the acknowledged batches.
    ///   - base: The time of the latest row.
    init(_ number: Int, to store: any EventStore, _ ledger: HitLedger, base: Timestamp) {
        self.number = number
        self.store = store
        self.ledger = ledger
        self.base = base
        generator = SeededGenerator(seed: Extent.seed &+ UInt64(number))
    }

    /// Appends until it is told to stop.
    mutating func run(until stop: StopSign) async throws {
        while !stop.isUp {
            let batch = batch()
            let outcomes = try await store.append(batch)
            #expect(outcomes.allSatisfy { $0 == .stored })
            ledger.acknowledge(batch)
            // Slow enough that the database takes everything between two faults.
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Mostly small batches of some requests, some without hits, and a few large ones.
    private mutating func batch() -> Batch {
        let isLarge = Int.random(in: 0..<40, using: &generator) == 0
        let requests = isLarge ? 1 : Int.random(in: 1...4, using: &generator)
        let most = isLarge ? 400 : 5
        let hasHits = Int.random(in: 0..<4, using: &generator) > 0
        return Batch(
            entries: (0..<requests).map { _ in
                let events = (0..<Int.random(in: 0...most, using: &generator)).map { _ in event() }
                let hits = (0..<(hasHits ? Int.random(in: 1...most, using: &generator) : 0)).map { _ in hit() }
                return Batch.Entry(events: events, hits: hits)
            }
        )
    }

    private mutating func event() -> Event {
        count += 1
        return Event(
            time: time(),
            user: .named("event \(number)-\(count)"),
            kind: Bool.random(using: &generator) ? .click : .impression,
            site: Self.sites[count % Self.sites.count]
        )
    }

    /// A new hit, or one of the last ones again.
    private mutating func hit() -> Hit {
        if Int.random(in: 0..<5, using: &generator) == 0, let again = recent.randomElement(using: &generator) {
            return again
        }
        count += 1
        var hit = Hit.random(using: &generator)
        hit.time = time()
        hit.site = Self.sites[count % Self.sites.count]
        hit.visitor = Visitor(rawValue: UInt64(number) << 32 | UInt64(count))
        if hit.user != nil { hit.user = .named("hit \(number)-\(count)") }
        // Three sites in turn have the same id, each for a hit of its own; an id that cannot be made is none.
        hit.id = count.isMultiple(of: 10) ? nil : try? HitID(parsing: "\(number)-\(count / 3)")
        if hit.id != nil { remember(hit) }
        return hit
    }

    private mutating func remember(_ hit: Hit) {
        recent.append(hit)
        if recent.count > 100 { recent.removeFirst() }
    }

    /// Mostly in the live hours, and sometimes late or weeks ago.
    private mutating func time() -> Timestamp {
        let milliseconds = Int.random(in: 0..<1_000_000, using: &generator)
        return switch Int.random(in: 0..<50, using: &generator) {
        case 0: base.advanced(by: .milliseconds(-milliseconds - 40 * 86_400_000))
        case 1...4: base.advanced(by: .milliseconds(-milliseconds - 4 * 3_600_000))
        default: base.advanced(by: .milliseconds(-milliseconds))
        }
    }
}
