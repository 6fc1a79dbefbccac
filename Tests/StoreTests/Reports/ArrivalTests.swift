import Analytics
import Postgres
import Schema
import Store
import Support
import Testing

/// Hits that come at another time than their own.
@Suite(.needsPostgres, .timeLimit(.minutes(20)))
struct ArrivalTests {
    /// 2026-01-05T00:00:00Z, a Monday.
    private static let monday = Timestamp(seconds: 1_767_571_200)
    private static let quarter = 900_000
    private static let zones = ["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"]

    /// The numbers are those that the test counts, before and after rows have been joined.
    @Test(arguments: Flavour.allCases, [1, 2, 3] as [UInt64])
    func numbersAreThoseOfTheHits(flavour: Flavour, seed: UInt64) async throws {
        try await withArrivals(flavour, seed) { store, database, sent, random in
            for isJoined in [false, true] {
                if isJoined {
                    let before = try await database.lines(Self.sums)
                    try await database.run("SELECT prune()")
                    #expect(try await database.lines(Self.sums) == before)
                    #expect(try await database.lines("SELECT DISTINCT step FROM arrival") == ["900"])
                }
                for _ in 0..<40 {
                    let site = SiteID(rawValue: .random(in: 1...2, using: &random))
                    let period = try Self.period(&random)
                    let late = try await store.lateHits(of: site, in: period)
                    #expect(late == sent.late(of: site, in: period))
                    try await Self.check(store, sent, site, period, &random)
                }
            }
        }
    }

    private static let sums = """
        SELECT site_id || ' ' || quarter || ' ' || sum(hits) || ' ' || sum(bots) FROM arrival
         GROUP BY site_id, quarter ORDER BY site_id, quarter
        """

    /// Compares the changes between two moments, which lie on quarters as rows that were joined do.
    private static func check(
        _ store: PostgresStore,
        _ sent: SentHits,
        _ site: SiteID,
        _ period: Period,
        _ random: inout SeededGenerator
    ) async throws {
        let moments = [0, 1].map { _ in
            monday.advanced(by: .milliseconds(quarter * Int.random(in: -8...400, using: &random)))
        }.sorted()
        let zone = zones.randomElement(using: &random) ?? "UTC"
        let changes = try await store.changes(of: site, in: period, zone: zone, between: moments[0], and: moments[1])
        let expected = sent.changes(of: site, in: period, between: moments[0], and: moments[1])
        #expect(changes.inTime == expected.inTime)
        let hits = changes.arrivals.reduce(0) { $0 + $1.counts.hits }
        let bots = changes.arrivals.reduce(0) { $0 + $1.counts.bots }
        #expect(HitCounts(hits: hits, bots: bots) == expected.arrived)
        #expect(Set(changes.arrivals.map(\.label)).count == changes.arrivals.count)
        #expect(changes.arrivals.map(\.label) == changes.arrivals.map(\.label).sorted())
        for arrival in changes.arrivals {
            #expect(arrival.stored.start < moments[1] && arrival.stored.end > moments[0])
        }
    }

    /// A period that begins and ends on quarters of an hour.
    private static func period(_ random: inout SeededGenerator) throws -> Period {
        let borders = [0, 1].map { _ in Int.random(in: -8...300, using: &random) }.sorted()
        return try #require(
            Period(
                from: monday.advanced(by: .milliseconds(quarter * borders[0])),
                to: monday.advanced(by: .milliseconds(quarter * borders[1]))
            )
        )
    }

    /// A hit within a minute of its time leaves no row.
    @Test(arguments: Flavour.allCases)
    func hitsOfNowAreNotNoted(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url, clock: { Self.monday })
            defer { store.close() }
            for offset in [-60_001, -60_000, 0, 60_000, 60_001] {
                let hit = Hit(time: Self.monday.advanced(by: .milliseconds(offset)))
                _ = try await store.append(Batch(entries: [Batch.Entry(hits: [hit])]))
            }
            let rows = try await database.lines(
                "SELECT quarter || ' ' || hits FROM arrival ORDER BY quarter"
            )
            #expect(rows == ["2026-01-04 23:45:00+00 1", "2026-01-05 00:00:00+00 1"])
            #expect(try await database.lines("SELECT count(*) FROM hit WHERE flags & 32 <> 0") == ["2"])
        }
    }

    /// Rows are joined to the minute after an hour, and to the quarter of an hour after a day.
    @Test(arguments: Flavour.allCases)
    func rowsAreJoinedByTheirAge(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.run(
                """
                INSERT INTO arrival (site_id, quarter, arrived, hits, bots)
                SELECT 1, '2026-01-05', at + second * INTERVAL '1 second', 1, second % 2
                  FROM (VALUES (now() - INTERVAL '30 minutes'), (now() - INTERVAL '2 hours'),
                               (now() - INTERVAL '2 days')) AS batch (at),
                       generate_series(1, 1200) AS second
                """
            )
            for _ in 1...2 {
                try await database.run("SELECT prune()")
                let rows = try await database.lines(
                    """
                    SELECT concat_ws(' ', step, sum(hits), sum(bots), count(*) BETWEEN 1200 / step AND 1200 / step + 2,
                                     bool_and(extract(epoch FROM arrived) % least(step, 60) < 1))
                      FROM arrival GROUP BY step ORDER BY step
                    """
                )
                #expect(rows == ["1 1200 600 t t", "60 1200 600 t t", "900 1200 600 t t"])
            }
        }
    }

    /// What is not stored is not noted: ids that were used, and requests that were sent before.
    @Test(arguments: Flavour.allCases)
    func repetitionsAreNotNoted(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url, clock: { Self.monday.advanced(by: .seconds(7_200)) })
            defer { store.close() }
            var hit = Hit(time: Self.monday)
            hit.id = try HitID(parsing: "a")
            let key = try IdempotencyKey(parsing: "k")
            let request = KeyedRequest(site: Site.standard, key: key, fingerprint: nil, response: "")
            let keyed = Batch.Entry(hits: [Hit(time: Self.monday)], request: request)
            for _ in 1...3 {
                _ = try await store.append(Batch(entries: [Batch.Entry(hits: [hit, hit]), keyed]))
            }
            #expect(try await database.lines("SELECT hits FROM arrival") == ["2"])
        }
    }

    /// The arrivals of a removed site and of dropped weeks go with their hits.
    @Test(arguments: Flavour.allCases)
    func arrivalsGoWithTheirHits(flavour: Flavour) async throws {
        try await withArrivals(flavour, 7) { store, database, _, _ in
            let sites = "SELECT DISTINCT site_id FROM arrival ORDER BY 1"
            #expect(try await database.lines(sites) == ["1", "2"])
            try await database.run(
                """
                SELECT remove_site('other');
                DO 'BEGIN WHILE remove_site_step(2) < 1 LOOP END LOOP; END'
                """
            )
            #expect(try await database.lines(sites) == ["1"])
            // The first of June 2026, a Monday after all hits.
            #expect(try await Dropping(store, before: 20_605).drop())
            #expect(try await database.lines("SELECT count(*) FROM arrival") == ["0"])
        }
    }

    /// Forgotten users, goals and aliases are told if their times lie between the moments.
    @Test(arguments: Flavour.allCases)
    func otherCausesAreThoseBetweenTheMoments(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.run(
                """
                INSERT INTO site SELECT 2, 'other';
                INSERT INTO job (kind, site_id, state, created_at, ended_at) VALUES
                    ('forget user', 1, 'done', '2026-01-05 10:00Z', '2026-01-05 11:00Z'),
                    ('forget user', 1, 'running', '2026-01-05 13:00Z', NULL),
                    ('forget user', 2, 'done', '2026-01-05 12:30Z', '2026-01-05 13:00Z'),
                    ('remove site', 1, 'done', '2026-01-05 12:30Z', '2026-01-05 13:00Z');
                INSERT INTO goal (site_id, kind, pattern, name, created_at) VALUES
                    (1, 'event', 'a', 'a', '2026-01-05 11:59:59Z'), (1, 'event', 'b', 'b', '2026-01-05 12:00Z'),
                    (1, 'event', 'c', 'c', '2026-01-05 14:00Z'), (2, 'event', 'd', 'd', '2026-01-05 13:00Z');
                INSERT INTO alias (site_id, visitor, user_visitor, added_at) VALUES
                    (1, 1, 9, '2026-01-05 11:00Z'), (1, 2, 9, '2026-01-05 12:00Z'), (1, 3, 9, '2026-01-05 13:00Z'),
                    (1, 4, 9, NULL), (2, 5, 9, '2026-01-05 13:00Z')
                """
            )
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            let period = try #require(Period(from: Self.monday, to: Self.monday.advanced(by: .seconds(86_400))))
            func changes(_ first: Int, _ last: Int) async throws -> HitChanges {
                try await store.changes(
                    of: Site.standard,
                    in: period,
                    zone: "UTC",
                    between: Self.monday.advanced(by: .seconds(first * 3_600)),
                    and: Self.monday.advanced(by: .seconds(last * 3_600))
                )
            }
            let some = try await changes(12, 14)
            let one = Self.monday.advanced(by: .seconds(13 * 3_600))
            #expect(some.forgettings == [HitChanges.Forgetting(began: one, ended: nil)])
            #expect(some.goals.map(\.name) == ["b"])
            #expect(some.aliases?.count == 2 && some.aliases?.last == one)
            #expect(some.keptSince == nil && some.notedSince != nil)
            let early = try await changes(0, 10)
            #expect(early.forgettings == [] && early.goals == [] && early.aliases == nil)
            #expect(try await changes(11, 13).forgettings.map(\.ended) == [Self.monday.advanced(by: .seconds(39_600))])
        }
    }
}
