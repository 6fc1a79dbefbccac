import Analytics
import Logging
import Postgres
import Schema
import Support
import Synchronization
import Testing

@testable import Store

/// Reports about dates whose hits retention has dropped.
@Suite(.needsPostgres, .timeLimit(.minutes(20)))
struct DayTotalTests {
    // MARK: Random traffic

    /// What is answered after hits have been dropped is what is counted hit by hit; the rest is refused.
    @Test(arguments: Flavour.allCases, 0..<4 as Range<UInt64>)
    func answersOutliveTheHits(flavour: Flavour, seed: UInt64) async throws {
        try await withTraffic(flavour, seed) { store, traffic, random in
            let days = traffic.firstDay - 1..<traffic.firstDay + 7
            // The third day is a Monday.
            let border = traffic.firstDay + 2
            #expect(try await Dropping(store, before: border).drop())
            #expect(try await store.firstHit() >= Timestamp(milliseconds: border * 86_400_000))
            var (answered, refused) = (0, 0)
            for site in traffic.sites {
                let kept = try #require(site.midnights.first { $0.milliseconds >= (border + 2) * 86_400_000 })
                let queries =
                    (0..<30).map { _ in Query(of: site, days: days, using: &random) }
                    + (0..<60).map { _ in Query(ofDatesOf: site, using: &random) }
                for query in queries {
                    let isTold = query.isTold(keptSince: kept, site, firstHit: traffic.hits)
                    do {
                        let report = try await store.report(query)
                        let rows = Set(
                            report.rows.map { Report.Row(dimensions: $0.dimensions.map(\.escaped), values: $0.values) }
                        )
                        #expect(rows == CountedReport(query, of: traffic.hits, site).rows, "\(query)")
                        #expect(isTold, "\(query)")
                        answered += report.keptSince == nil ? 0 : 1
                    } catch QueryError.notKept(_, let asked) {
                        #expect(!isTold && asked == query, "\(query)")
                        refused += 1
                    } catch QueryError.invalid(.dropped) {
                        // Events of parts of hours are not kept either.
                    }
                }
            }
            #expect(answered > 50 && refused > 50, "\(answered) \(refused)")
        }
    }

    /// Answers that hits gave alone, with what is told beside the rows, stay the same.
    @Test(arguments: Flavour.allCases)
    func answersStayTheSame(flavour: Flavour) async throws {
        try await withTraffic(flavour, 7) { store, traffic, random in
            var known: [(query: Query, report: Report)] = []
            for site in traffic.sites {
                for _ in 0..<40 {
                    let query = Query(ofDatesOf: site, using: &random)
                    known.append((query, try await store.report(query)))
                }
            }
            #expect(try await Dropping(store, before: traffic.firstDay + 2).drop())
            var same = 0
            for (query, before) in known {
                guard var after = try? await store.report(query), after.keptSince != nil else { continue }
                (after.keptSince, after.moment) = (nil, before.moment)
                #expect(after == before, "\(query)")
                same += 1
            }
            #expect(same > 30, "\(same)")
        }
    }

    @Test(arguments: Flavour.allCases)
    func journeysAndHitsOfMachinesAreRefused(flavour: Flavour) async throws {
        try await withTraffic(flavour, 3) { store, traffic, _ in
            let border = traffic.firstDay + 2
            #expect(try await Dropping(store, before: border).drop())
            let site = try #require(traffic.sites.first)
            let dropped = Query(of: site.id, days: traffic.firstDay - 1..<border + 5)
            let kept = Query(of: site.id, days: border + 2..<border + 5)
            let steps = [Goal(id: GoalID(rawValue: 1), .page("/")), Goal(id: GoalID(rawValue: 2), .page("/b"))]
            for (query, isKept) in [(dropped, false), (kept, true)] {
                let questions: [@Sendable () async throws -> Void] = [
                    { _ = try await store.funnel(FunnelQuery(query, steps: steps, within: .visit)) },
                    { _ = try await store.retention(RetentionQuery(query, by: .day)) },
                    { _ = try await store.leftOut(of: query.site, in: query.period) },
                ]
                for question in questions {
                    if isKept {
                        try await question()
                    } else {
                        await #expect { try await question() } throws: { error in
                            if case QueryError.notKept = error { true } else { false }
                        }
                    }
                }
            }
        }
    }

    // MARK: Single hits

    private static let week = 7 * 86_400_000
    /// 2008-10-06T00:00:00Z, a Monday.
    private static let monday = 1_223_251_200_000

    private static func hit(_ visitor: UInt64, at milliseconds: Int, _ name: String = "pageview") -> Hit {
        var hit = Hit(time: Timestamp(milliseconds: milliseconds), name: name)
        hit.visitor = Visitor(rawValue: visitor)
        return hit
    }

    private static func query(_ first: Int, _ last: Int, _ metrics: [Metric] = [.pageviews]) -> Query {
        let start = Timestamp(milliseconds: monday + first * 86_400_000)
        let end = Timestamp(milliseconds: monday + last * 86_400_000)
        // The end is after the start.
        return Query(site: Site.standard, period: Period(from: start, to: end) ?? .none(start), metrics: metrics)
    }

    private static func withHits(
        _ flavour: Flavour,
        _ hits: [Hit],
        _ body: @Sendable (PostgresStore, TestDatabase) async throws -> Void
    ) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            try await body(store, database)
        }
    }

    private static func pageviews(_ store: PostgresStore, _ first: Int, _ last: Int) async throws -> [Report.Value] {
        try await store.report(query(first, last)).rows[0].values
    }

    /// Hits stay a week longer than events, and late ones are taken up to the dates that are to be counted.
    @Test(arguments: Flavour.allCases)
    func lateHitsOfTheExtraWeekCount(flavour: Flavour) async throws {
        let day = 86_400_000
        let hits = [-20, -6, -1, 8].map { Self.hit(7, at: Self.monday + $0 * day) }
        try await Self.withHits(flavour, hits) { store, _ in
            // The events before the Monday are dropped, and the hits before the week before it.
            #expect(try await Dropping(store, before: (Self.monday - Self.week) / day).drop())
            #expect(store.keptSince == nil || store.keptSince == Timestamp(milliseconds: Self.monday))
            #expect(try await Self.pageviews(store, -7, 1) == [.count(2)])
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: [Self.hit(8, at: Self.monday - day)])]))
            #expect(try await Self.pageviews(store, -7, 1) == [.count(3)])
            #expect(try await Self.pageviews(store, -30, 1) == [.count(4)])
            // One that is an event, one of a date that is counted, and in the same batch one that is taken.
            let late = [
                Self.hit(9, at: Self.monday - day, "click"), Self.hit(9, at: Self.monday - 3 * day),
                Self.hit(9, at: Self.monday - 2 * day),
            ]
            let reason = Rejection(.timestamp, .beforeEarliest)
            await #expect(throws: WriteError.refused(rows: [1], reason)) {
                try await store.append(Batch(entries: [Batch.Entry(hits: late)]))
            }
            await #expect(throws: WriteError.refused(rows: [0], reason)) {
                try await store.append(Batch(entries: [Batch.Entry(hits: [late[0], late[2]])]))
            }
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: [late[2]])]))
            #expect(try await Dropping(store, before: Self.monday / day).drop())
            #expect(try await Self.pageviews(store, -30, 9) == [.count(6)])
            #expect(try await Self.pageviews(store, -1, 0) == [.count(2)])
        }
    }

    /// A visit that runs on over the border counts on the date on which it starts, whole.
    @Test(arguments: Flavour.allCases)
    func visitsOverTheBorderCountOnce(flavour: Flavour) async throws {
        let day = 86_400_000
        let quarters = (0..<90).map { Self.hit(7, at: Self.monday + 2 * day - 3_600_000 + $0 * 900_000) }
        let first = Self.hit(7, at: Self.monday - 5 * day)
        try await Self.withHits(flavour, quarters + [first]) { store, _ in
            let metrics: [Metric] = [.visits, .pageviews, .visitDuration, .viewsPerVisit]
            let before = try await store.reports([Self.query(1, 2, metrics), Self.query(-9, 9, metrics)])
            #expect(before[0].rows[0].values == [.count(1), .count(4), .count(80_100), .real(90)])
            #expect(try await Dropping(store, before: Self.monday / day).drop())
            let after = try await store.reports([Self.query(1, 2, metrics), Self.query(-9, 9, metrics)])
            #expect(after.map(\.rows) == before.map(\.rows))
            #expect(try await store.report(Self.query(2, 9, [.visits])).rows[0].values == [.count(0)])
        }
    }

    /// If a date cannot be counted nothing is dropped, and counting goes on where it was.
    @Test(arguments: Flavour.allCases)
    func whatCannotBeCountedIsNotDropped(flavour: Flavour) async throws {
        let day = 86_400_000
        let hits = (1...5).map { Self.hit(7, at: Self.monday - $0 * day) }
        try await Self.withHits(flavour, hits) { store, database in
            let counted = Mutex(0)
            let failing = HitRetention(waiting: store.reporting, logger: Logger(label: "test")) { query in
                let number = counted.withLock { number in
                    number += 1
                    return number
                }
                guard number < 3 else { throw QueryError.tooSlow }
                return try await store.total(query)
            }
            let dropping = Dropping(store, before: Self.monday / day)
            try await dropping.dropEvents()
            try await dropping.withConnection { try await failing.round($0, isDropping: true) }
            #expect(try await database.count("SELECT count(*) FROM day_total") == 2)
            #expect(try await database.count("SELECT count(*) FROM hit") == 5)
            #expect(try await store.report(Self.query(-9, 9, [.visitors])).rows[0].values == [.count(1)])
            #expect(counted.withLock(\.self) == 3)
            #expect(try await dropping.drop())
            #expect(try await database.count("SELECT count(*) FROM hit") == 0)
            #expect(try await Self.pageviews(store, -9, 9) == [.count(5)])
        }
    }

    @Test(arguments: Flavour.allCases)
    func severalServersCountAtOnce(flavour: Flavour) async throws {
        let day = 86_400_000
        let hits = (1...20).map { Self.hit(UInt64($0 % 3), at: Self.monday - $0 * day) }
        try await Self.withHits(flavour, hits) { store, database in
            let other = PostgresStore(url: database.url)
            defer { other.close() }
            try await Dropping(store, before: Self.monday / day).dropEvents()
            try await withThrowingTaskGroup { group in
                for store in [store, other] {
                    group.addTask { _ = try await Dropping(store, before: Self.monday / day).drop() }
                }
                try await group.waitForAll()
            }
            #expect(try await database.count("SELECT count(*) FROM hit") == 0)
            for store in [store, other] { #expect(try await Self.pageviews(store, -30, 9) == [.count(20)]) }
        }
    }

    /// Dates of another zone are other ones.
    @Test(arguments: Flavour.allCases)
    func anotherZoneKnowsItsOwnDates(flavour: Flavour) async throws {
        let day = 86_400_000
        let hits = [-5, 3, 5].map { Self.hit(7, at: Self.monday + $0 * day) }
        try await Self.withHits(flavour, hits) { store, database in
            #expect(try await Dropping(store, before: Self.monday / day).drop())
            let all = try await store.period(.all, on: "2008-10-12", of: Site.standard, zone: "UTC")
            #expect(all.start == Timestamp(milliseconds: Self.monday - 5 * day))
            let there = try await store.period(.all, on: "2008-10-12", of: Site.standard, zone: "Asia/Tokyo")
            #expect(there.start >= Timestamp(milliseconds: Self.monday + 2 * day))
            #expect(try await Self.pageviews(store, -9, 9) == [.count(3)])
            try await database.run("UPDATE site SET zone = 'Asia/Tokyo' WHERE id = 1")
            await #expect(throws: QueryError.notKept(since: "2008-10-08", Self.query(-9, 9))) {
                try await store.report(Self.query(-9, 9))
            }
            #expect(try await Self.pageviews(store, 3, 9) == [.count(2)])
            #expect(try await Dropping(store, before: (Self.monday + Self.week) / day).drop())
            var query = Self.query(3, 9)
            query.zone = "Asia/Tokyo"
            let (start, end) = (query.period.start.milliseconds, query.period.end.milliseconds)
            let period = Period(
                from: Timestamp(milliseconds: start - 9 * 3_600_000),
                to: Timestamp(milliseconds: end - 9 * 3_600_000)
            )
            query.period = try #require(period)
            #expect(try await store.report(query).rows[0].values == [.count(2)])
        }
    }

    @Test(arguments: Flavour.allCases)
    func totalsOutliveUsersAndGoWithTheirSite(flavour: Flavour) async throws {
        let day = 86_400_000
        try await Self.withHits(flavour, []) { store, database in
            try await database.run("INSERT INTO site (id, name) VALUES (2, 'gone')")
            let hits = ([1, 2] as [Int32]).map { site in
                var hit = Self.hit(7, at: Self.monday - 5 * day)
                hit.site = SiteID(rawValue: site)
                return hit
            }
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            #expect(try await Dropping(store, before: Self.monday / day).drop())
            let user = Visitor(rawValue: 7)
            _ = try await store.forget(try User(parsing: "seven".utf8Span.span), user, of: Site.standard)
            try await database.run("SELECT remove_site('gone')")
            try await database.finishJobs(Maintenance.refreshing(database))
            #expect(try await Self.pageviews(store, -9, 9) == [.count(1)])
            #expect(try await database.count("SELECT count(*) FROM day_total WHERE site_id = 2") == 0)
            #expect(try await database.count("SELECT count(*) FROM total_span WHERE site_id = 2") == 0)
        }
    }
}

extension Period {
    /// The empty period at a moment.
    fileprivate static func none(_ moment: Timestamp) -> Period {
        // A period without length always exists.
        Period(from: moment, to: moment) ?? .none(moment)
    }
}
