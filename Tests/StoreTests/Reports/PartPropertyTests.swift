import Analytics
import Postgres
import Schema
import Support
import Testing

@testable import Store

/// Reports of stores that keep parts, between all changes of the hits that these are built from.
@Suite(.needsPostgres, .timeLimit(.minutes(20)))
struct PartPropertyTests {
    private static let rounds = 6
    private static let queriesPerRound = 4

    /// Two servers store the hits of all sites in random order, so that most are late; visitors become known, and users
    /// are forgotten in between.
    @Test(arguments: Flavour.allCases, 0..<2 as Range<UInt64>)
    func areRightAfterEveryChange(flavour: Flavour, seed: UInt64) async throws {
        try await withDatabase(flavour) { database in
            var traffic = try await VisitTraffic(seed: seed, in: database)
            // The second keeps little.
            var small = PostgresStore.Configuration()
            small.partMemory = 12_000
            let stores = [PostgresStore(url: database.url), PostgresStore(url: database.url, configuration: small)]
            var examination = Examination(database, stores, traffic, seed: seed)
            defer { examination.close() }
            let batches = traffic.batches()
            for round in 0..<Self.rounds {
                let some = batches.dropFirst(round * batches.count / Self.rounds)
                    .prefix((round + 1) * batches.count / Self.rounds - round * batches.count / Self.rounds)
                for batch in some { try await examination.append(batch) }
                try await examination.ask(Self.queriesPerRound)
                try await examination.recognize()
                if round == Self.rounds / 2 { try await examination.forget() }
                try await examination.ask(Self.queriesPerRound)
                try await examination.restart()
            }
            #expect(try await database.count(.parts) > 20)
            #expect(examination.rows > Self.rounds * Self.queriesPerRound * 10)
            #expect(examination.answersGivenAgain > 20)
        }
    }

    /// A server is asked the same questions again and again while hits come, visitors become known, and users are
    /// forgotten: it counts what has changed.
    @Test(arguments: Flavour.allCases, 0..<2 as Range<UInt64>)
    func areRightWhenTheyAreAskedAgain(flavour: Flavour, seed: UInt64) async throws {
        try await withDatabase(flavour) { database in
            var traffic = try await VisitTraffic(seed: seed, in: database)
            let store = PostgresStore(url: database.url)
            var examination = Examination(database, [store], traffic, seed: seed)
            defer { examination.close() }
            let batches = traffic.batches()
            for (number, batch) in batches.enumerated() {
                try await examination.append(batch)
                if number % 5 == 3 { try await examination.recognize() }
                if number == batches.count / 2 { try await examination.forget() }
                if number % (batches.count / Self.repetitions) == 0 { try await examination.askAgain(8) }
            }
            #expect(examination.rows > Self.repetitions * 10)
            #expect(store.counts.hits > Self.repetitions * 2)
        }
    }

    private static let repetitions = 12
}

/// The hits that have been stored so far, and the stores that are asked about them.
private struct Examination {
    private let database: TestDatabase
    private var stores: [PostgresStore]
    private let traffic: VisitTraffic
    private var random: SeededGenerator
    private var hits: [Hit] = []
    private var ids: Set<HitID> = []
    /// The aliases by site that are not known yet.
    private var unknown: [(site: Int, visitor: Visitor)]
    private var sites: [VisitSite]
    private(set) var rows = 0
    /// The questions that were asked last, by site.
    private var asked: [SiteID: [Query]] = [:]
    /// The answers that stores had kept.
    private(set) var answersGivenAgain = 0

    init(_ database: TestDatabase, _ stores: [PostgresStore], _ traffic: VisitTraffic, seed: UInt64) {
        (self.database, self.stores, self.traffic) = (database, stores, traffic)
        random = SeededGenerator(seed: seed)
        sites = traffic.sites
        unknown = sites.indices.flatMap { site in traffic.sites[site].aliases.keys.map { (site, $0) } }
        unknown.sort { ($0.site, $0.visitor.rawValue) < ($1.site, $1.visitor.rawValue) }
        unknown.shuffle(using: &random)
        for site in sites.indices { (sites[site].aliases, sites[site].users) = ([:], [:]) }
    }

    mutating func append(_ batch: Batch) async throws {
        _ = try await stores[Int.random(in: 0..<stores.count, using: &random)].append(batch)
        for hit in batch.entries.flatMap(\.hits) where hit.id.map({ ids.insert($0).inserted }) ?? true {
            hits.append(hit)
        }
    }

    /// Stores the parts of the first store, damages some of them, and begins anew with what is stored.
    mutating func restart() async throws {
        for _ in 0..<4 { await stores[0].storeParts() }
        if Bool.random(using: &random) {
            try await database.run(
                """
                UPDATE part SET data = CASE site_id % 3 WHEN 0 THEN substr(data, 1, greatest(length(data) - 9, 0)) ELSE data END;
                UPDATE part SET data = set_byte(data, length(data) / 2, 255) WHERE site_id % 3 = 1
                """
            )
        }
        answersGivenAgain += stores[0].answers.hits
        stores[0].close()
        stores[0] = PostgresStore(url: database.url)
    }

    func close() { for store in stores { store.close() } }

    /// Makes a few visitors known as users.
    mutating func recognize() async throws {
        for _ in 0..<3 {
            guard let (site, visitor) = unknown.popLast() else { return }
            try await database.run(traffic.sites[site].insertion(of: [visitor]))
            sites[site].aliases[visitor] = traffic.sites[site].aliases[visitor]
        }
    }

    /// Forgets the first visitor of two sites.
    mutating func forget() async throws {
        for site in 0..<2 {
            let user = Visitor(rawValue: 1)
            let store = stores[site % stores.count]
            _ = try await store.forget(try User(parsing: "one".utf8Span.span), user, of: sites[site].id)
            let visitors = Set(sites[site].aliases.filter { $0.value == user }.keys).union([user])
            hits.removeAll { $0.site == sites[site].id && $0.visitor.map(visitors.contains) == true }
            sites[site].aliases = sites[site].aliases.filter { $0.value != user }
        }
        try await database.finishJobs(Maintenance.refreshing(database, grace: .seconds(1_000_000_000)))
    }

    /// Asks each store a few random questions about each site, and those that were asked before.
    mutating func ask(_ count: Int) async throws {
        let days = traffic.firstDay - 1..<traffic.firstDay + 7
        for site in sites {
            let again = asked[site.id] ?? []
            asked[site.id] = (0..<count).map { _ in Query(of: site, days: days, using: &random) }
            for (number, query) in (again + (asked[site.id] ?? [])).enumerated() {
                try await ask(query, about: site, stores[number % stores.count])
            }
        }
    }

    /// Asks the first store random questions about all days of two sites, each time the same ones.
    mutating func askAgain(_ count: Int) async throws {
        let days = traffic.firstDay - 3..<traffic.firstDay + 9
        let start = Timestamp(milliseconds: days.lowerBound * 86_400_000)
        let period = try #require(Period(from: start, to: Timestamp(milliseconds: days.upperBound * 86_400_000)))
        for site in sites.prefix(2) {
            if asked[site.id] == nil {
                asked[site.id] = (0..<count).map { _ in
                    var query = Query(of: site, days: days, using: &random)
                    (query.period, query.includesBots) = (period, false)
                    return query
                }
            }
            // Some are asked after several changes.
            for query in asked[site.id] ?? [] where Bool.random(using: &random) {
                try await ask(query, about: site, stores[0])
            }
        }
    }

    private mutating func ask(_ query: Query, about site: VisitSite, _ store: PostgresStore) async throws {
        let counted = CountedReport(query, of: hits, site).rows
        let report = try await store.report(query)
        let found = Set(report.rows.map { Report.Row(dimensions: $0.dimensions.map(\.escaped), values: $0.values) })
        #expect(found == counted, "\(query)")
        rows += found.count
    }
}
