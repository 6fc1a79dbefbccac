import Analytics
import Postgres
import Schema
import Support
import Testing

@testable import Store

/// The hits of the last half hour, between all changes, held against a count.
@Suite(.needsPostgres, .timeLimit(.minutes(20)))
struct RecentPropertyTests {
    private static let rounds = 40

    /// Two servers store hits, many of them late; one reader follows what has changed, the other reads everything again.
    @Test(arguments: Flavour.allCases, 0..<3 as Range<UInt64>)
    func areCountedAndNewOnce(flavour: Flavour, seed: UInt64) async throws {
        try await withDatabase(flavour) { database in
            try await database.run(VisitSite.insertion)
            let stores = [PostgresStore(url: database.url), PostgresStore(url: database.url)]
            defer { for store in stores { store.close() } }
            var examination = Examination(stores, seed: seed)
            for round in 0..<Self.rounds {
                try await examination.append()
                try await examination.recognize(database)
                if round == Self.rounds / 2 { try await examination.forget(database) }
                try await examination.readOne()
            }
            #expect(examination.arrivals > 100)
        }
    }

    /// Of more new hits than are wanted the last ones come, with the number of all.
    @Test func theLastOfManyCome() async throws {
        try await withDatabase(.postgres) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            let hits = (0..<100).map { Hit(time: RecentTraffic.moment.advanced(by: .milliseconds(-$0))) }
            let recent = store.recent(of: Site.standard)
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            let first = try await recent.read(at: RecentTraffic.moment, hits: 7)
            #expect(first.arrived == 100)
            #expect(first.hits.map { $0[0] } == hits[..<7].reversed().map { .text($0.time.textInMilliseconds) })
            let second = try await recent.read(at: RecentTraffic.moment, hits: 7)
            #expect(second.arrived == 0 && second.hits.isEmpty)
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: [hits[3]])]))
            let third = try await recent.read(at: RecentTraffic.moment, hits: 0)
            #expect(third.arrived == 1 && third.hits.isEmpty)
        }
    }
}

/// The hits that have been stored so far, and readers of them.
private struct Examination {
    private let stores: [PostgresStore]
    private var traffic: RecentTraffic
    private var random: SeededGenerator
    private var readers: [RecentReader]
    /// The hits that are there, and for each reader those that were stored since its last reading.
    private var hits: [Hit] = []
    private var unread: [[Hit]] = [[], []]
    private var aliases: [Visitor: Visitor] = [:]
    private var moment = RecentTraffic.moment
    private(set) var arrivals = 0

    init(_ stores: [PostgresStore], seed: UInt64) {
        self.stores = stores
        traffic = RecentTraffic(seed: seed)
        random = SeededGenerator(seed: seed &+ 1)
        readers = [
            RecentReader(of: traffic.site, limit: 10_000),
            RecentReader(of: traffic.site, limit: 10_000, longestAge: .zero),
        ]
    }

    mutating func append() async throws {
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let batch = traffic.batch(before: moment)
            _ = try await stores[Int.random(in: 0...1, using: &random)].append(batch)
            let stored = batch.entries.flatMap(\.hits)
            hits += stored
            for reader in unread.indices { unread[reader] += stored }
        }
    }

    /// Makes a visitor known as a user.
    mutating func recognize(_ database: TestDatabase) async throws {
        guard Int.random(in: 0..<5, using: &random) == 0,
            let (visitor, user) = traffic.aliases.filter({ aliases[$0.key] == nil }).min(by: {
                $0.key.rawValue < $1.key.rawValue
            })
        else { return }
        var site = VisitSite.all[0]
        site.aliases = [visitor: user]
        try await database.run(site.insertion(of: [visitor]))
        aliases[visitor] = user
    }

    mutating func forget(_ database: TestDatabase) async throws {
        let user = Visitor(rawValue: 1)
        _ = try await stores[0].forget(try User(parsing: "one".utf8Span.span), user, of: traffic.site)
        let gone = Set(aliases.filter { $0.value == user }.keys).union([user])
        try await database.finishJobs(Maintenance.refreshing(database, grace: .seconds(1_000_000_000)))
        hits.removeAll { $0.visitor.map(gone.contains) == true }
        for reader in unread.indices { unread[reader].removeAll { $0.visitor.map(gone.contains) == true } }
        aliases = aliases.filter { $0.value != user }
    }

    /// Reads with one of the readers, and compares with a count.
    mutating func readOne() async throws {
        moment = moment.advanced(by: .milliseconds(Int.random(in: 0...200_000, using: &random)))
        let number = Int.random(in: 0...1, using: &random)
        let (before, now) = (readers[number], moment)
        let (reader, reading) = try await stores[number].listing.withConnection { connection in
            var reader = before
            let reading = try await reader.read(at: now, hits: 10_000, connection)
            return (reader, reading)
        }
        readers[number] = reader
        #expect(reading.counts == RecentCounts(of: hits, aliases, at: moment))
        let start = moment.milliseconds - 1_800_000
        let new = unread[number].filter { !$0.flags.contains(.bot) && $0.time.milliseconds >= start }
        #expect(reading.hits.map(Self.text).sorted() == new.map(Self.text).sorted())
        #expect(reading.arrived == new.count)
        arrivals += new.count
        unread[number] = []
    }

    private static func text(_ values: [ListedRow.Value?]) -> String {
        "\([values[0], values[1], values[3], values[6]].map { $0 ?? .text("-") })"
    }

    private static func text(_ hit: Hit) -> String {
        let values: [ListedRow.Value] = [
            .text(hit.time.textInMilliseconds), .text(hit.name), .text(hit.path ?? "-"),
            .text(hit.visitor?.hexadecimal ?? "-"),
        ]
        return "\(values)"
    }
}
