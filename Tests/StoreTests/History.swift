import Analytics
import Schema
import Store
import Support
import Testing

/// A random course of events of several sites over four hours, and the count by hand of what has been stored.
struct History {
    enum State {
        case rolled
        case late
        case touched
        case live
    }

    private static let base = 1_223_564_400_000

    private var generator: SeededGenerator
    private let stores: [PostgresStore]
    private let database: TestDatabase
    private let maintenance: Maintenance
    private let plain: PostgresStore
    private var traffic = SiteTraffic { moment(&$0) }
    /// The states that questions have met.
    private(set) var reached: Set<State> = []

    init(seed: UInt64, flavour: Flavour, stores: [PostgresStore], database: TestDatabase) {
        generator = SeededGenerator(seed: seed)
        self.stores = stores
        self.database = database
        plain = PostgresStore(url: database.url)
        // No hour is closed by maintenance: the test moves the border between open and closed hours.
        maintenance = Maintenance.refreshing(database, grace: .seconds(1_000_000_000))
    }

    /// Stores events or runs a round of maintenance, then asks every store.
    mutating func step() async throws {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<2: try await store(40...120)
        case 2..<7: try await store(1...10)
        default: try await maintenance.round()
        }
        try await note()
        for _ in 0..<12 { try await ask() }
    }

    private mutating func store(_ size: ClosedRange<Int>) async throws {
        let batch = traffic.batch(Int.random(in: size, using: &generator), &generator)
        let store = stores.randomElement(using: &generator) ?? plain
        _ = try await store.append(batch)
    }

    private mutating func note() async throws {
        if try await database.count(.rollingHours) > 0 { reached.insert(.rolled) }
        if try await database.count(.lateSeconds) > 0 { reached.insert(.late) }
        if try await database.count(.touchedHours) > 0 { reached.insert(.touched) }
    }

    private mutating func ask() async throws {
        let moment = Self.moment(&generator)
        let site = SiteTraffic.sites.randomElement(using: &generator) ?? Site.standard
        let expected = traffic.hour(of: site, endingAt: moment)
        for store in stores {
            if let answer = await store.live.hour(of: site, endingAt: moment) {
                reached.insert(.live)
                #expect(answer == expected, "site \(site.rawValue), from memory at \(moment.milliseconds)")
            }
        }
        let answer = try await plain.hour(of: site, endingAt: moment)
        #expect(answer == expected, "site \(site.rawValue), from the database at \(moment.milliseconds)")
    }

    /// A moment on a whole minute or a fraction of a second after it, so that the edges of windows are hit.
    private static func moment(_ generator: inout SeededGenerator) -> Timestamp {
        let second = Int.random(in: 0..<240, using: &generator) * 60
        let fraction = [0, 0, 0, 1, 500, 999].randomElement(using: &generator) ?? 0
        return Timestamp(milliseconds: base + second * 1000 + fraction)
    }
}
