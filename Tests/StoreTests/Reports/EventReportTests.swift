import Analytics
import Schema
import Store
import Support
import Testing

/// Users, clicks and impressions of any period, from the events of the hour.
@Suite(.needsPostgres, .timeLimit(.minutes(20)))
struct EventReportTests {
    /// 2008-10-24T00:00:00Z, two days before the clocks of Berlin change.
    private static let start = 1_224_806_400_000
    private static let sites = (1...2).map { SiteID(rawValue: $0) }

    /// Random events of five days, before and after hours are closed and refreshed, and late ones: each number is the
    /// brute-force count.
    @Test(arguments: Flavour.allCases, 0..<3 as Range<UInt64>)
    func areWhatIsCountedByHand(flavour: Flavour, seed: UInt64) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            try await database.run("INSERT INTO site VALUES (2, 'other')")
            let maintenance = Maintenance.refreshing(database)
            var random = SeededGenerator(seed: seed)
            var events: [Event] = []
            var seen = 0
            for round in 1...4 {
                let batch = (0..<70).map { _ in Self.event(&random) }
                _ = try await store.append(Batch(entries: [Batch.Entry(events: batch)]))
                events += batch
                for _ in 0..<10 {
                    let query = try Self.query(&random)
                    let report = try await store.report(query)
                    #expect(Self.rows(query, events) == Set(report.rows), "\(query), round \(round)")
                    #expect(report.rows == query.sorted(report.rows))
                    #expect(report.total == report.rows.count)
                    seen += report.rows.count
                }
                if round != 2 { try await maintenance.round() }
            }
            #expect(seen > 100)
        }
    }

    private static func event(_ random: inout SeededGenerator) -> Event {
        let moment = start + Int.random(in: 0..<5 * 1_440, using: &random) * 60_000
        let fraction = [0, 0, -1, 1, 500].randomElement(using: &random) ?? 0
        return Event(
            time: Timestamp(milliseconds: moment + fraction),
            user: .named("user \(Int.random(in: 1...12, using: &random))"),
            kind: Bool.random(using: &random) ? .click : .impression,
            site: sites.randomElement(using: &random) ?? Site.standard
        )
    }

    private static func query(_ random: inout SeededGenerator) throws -> Query {
        let first = start + Int.random(in: -12...60, using: &random) * 3_600_000
        let shift = [0, 0, 900_000, 1_234_567].randomElement(using: &random) ?? 0
        let length = [3_600_000, 86_400_000, 259_200_000, 5_400_001, 1].randomElement(using: &random) ?? 0
        let period = Period(
            from: Timestamp(milliseconds: first + shift),
            to: Timestamp(milliseconds: first + shift + length)
        )
        let units: [[TimeUnit]] = [
            [], [], [.day], [.hour], [.week], [.month], [.hourOfWeek], [.day, .hour], [.hourOfWeek, .week],
            length > 86_400_000 ? [.hour] : [.minute],
        ]
        let metrics: [[Metric]] = [
            [.users], [.clicks, .impressions], [.impressions, .users, .clicks], [.users, .pageviews, .visitors],
        ]
        return Query(
            site: sites.randomElement(using: &random) ?? Site.standard,
            period: try #require(period),
            zone: ["UTC", "Europe/Berlin", "Asia/Kathmandu"].randomElement(using: &random) ?? "UTC",
            metrics: metrics.randomElement(using: &random) ?? [],
            dimensions: (units.randomElement(using: &random) ?? []).map { .time($0) }
        )
    }

    private static func rows(_ query: Query, _ events: [Event]) -> Set<Report.Row> {
        let own = events.filter { $0.site == query.site && query.period.contains($0.time) }
        var groups = Dictionary(grouping: own) { query.labels(of: $0.time) }
        if query.dimensions.isEmpty { groups[[]] = groups[[]] ?? [] }
        return Set(
            groups.map { texts, events in
                Report.Row(
                    dimensions: texts,
                    values: query.metrics.map { metric in
                        switch metric {
                        case .users: .count(Set(events.map(\.user)).count)
                        case .clicks: .count(events.count { $0.kind == .click })
                        case .impressions: .count(events.count { $0.kind == .impression })
                        default: .count(0)
                        }
                    }
                )
            }
        )
    }

    /// Where events have been dropped whole hours are counted, and parts of hours are refused.
    @Test(
        arguments: Flavour.allCases,
        ["drop_events('2008-10-06')", "close_old_events(1, '2008-10-06Z'), delete_old_events(1)"]
    )
    func wholeHoursOutliveTheEvents(flavour: Flavour, deletion: String) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            // 2008-10-06T00:00:00Z, a Monday; with TimescaleDB a chunk ends on the Thursday before.
            let old = 1_223_251_200_000 - 25 * 86_400_000
            let events = (0..<30).map { Event.sample(at: old + $0 * 700_000, user: "user \($0 % 7)") }
            _ = try await store.append(Batch(entries: [Batch.Entry(events: events + [.sample()])]))
            try await Maintenance.refreshing(database).round()
            try await database.run("SELECT \(deletion)")
            #expect(try await database.count(.events) == 1)

            func query(_ start: Int, _ unit: TimeUnit? = nil) throws -> Query {
                let end = Timestamp(milliseconds: old + 86_400_000)
                return Query(
                    site: Site.standard,
                    period: try #require(Period(from: Timestamp(milliseconds: old + start), to: end)),
                    metrics: [.users, .clicks],
                    dimensions: unit.map { [.time($0)] } ?? []
                )
            }
            #expect(try await store.report(try query(0)).rows.map(\.values) == [[.count(7), .count(30)]])
            #expect(try await store.report(try query(0, .hour)).rows.count == 6)
            await #expect(throws: QueryError.invalid(.dropped)) { try await store.report(try query(1)) }
            await #expect(throws: QueryError.invalid(.dropped)) { try await store.report(try query(0, .minute)) }
            // There is nothing in the part of the hour that would have to be known.
            #expect(try await store.report(try query(40_000_001)).rows.map(\.values) == [[.count(0), .count(0)]])
        }
    }
}
