import Analytics
import Postgres
import Schema
import Store
import Support
import Testing

/// The SQL of queries, run against the same hits as the reports.
@Suite(.needsPostgres, .timeLimit(.minutes(8)))
struct ExplainTests {
    private static let dimensions: [[Dimension]] =
        [[]] + TimeUnit.allCases.map { [.time($0)] }
        + [.hit(.page), .hit(.name), .hit(.hostname), .hit(.title)].map { [$0] }
        + VisitAttribute.allCases.filter { $0 != .user && $0 != .countryName }.map { [.visit($0)] }
        + [
            [.time(.day), .hit(.page)], [.visit(.source), .time(.hour)], [.visit(.browser), .visit(.browserVersion)],
            [.hit(.page), .visit(.country), .time(.week)],
        ]

    private static let filters: [[Filter]] = [
        [], [.test(Filter.Test(.equals, .hit(.page), ["/", "(not set)"]))],
        [.test(Filter.Test(.contains, .hit(.page), ["b", "\u{301}"]))],
        [.test(Filter.Test(.equals, .visit(.country), ["DE", "(not set)"], isNegated: true))],
        [
            .any([
                .test(Filter.Test(.contains, .visit(.source), ["oo"])),
                .not(.test(Filter.Test(.contains, .visit(.entryPage), ["/"], isNegated: true))),
            ]),
            .test(Filter.Test(.equals, .hit(.name), ["click", "pageview"])),
        ],
        [
            .test(Filter.Test(.equals, .hit(.page), ["/", "/b", "/Z"])),
            .all([
                .test(Filter.Test(.contains, .hit(.hostname), ["a."], isNegated: true)),
                .test(Filter.Test(.equals, .visit(.language), ["de", "fr", "(not set)"])),
            ]),
        ],
    ]

    /// The metrics of the main page that go with dimensions and filters.
    private static func metrics(_ dimensions: [Dimension], _ filters: [Filter] = []) -> [Metric] {
        // Without filters and by time alone they are those of events, which have SQL of their own.
        let ofHour: [Metric] = filters.isEmpty && dimensions.allSatisfy(\.isTime) ? [] : [.clicks, .impressions]
        let all: [Metric] =
            [.visitors, .visits, .pageviews, .events, .bounceRate, .visitDuration, .viewsPerVisit] + ofHour
        let isOfHits = dimensions.contains { $0.isOfHits && $0 != .hit(.page) }
        let isOfPages = dimensions.contains(where: \.isOfVisits)
        return all.filter { metric in
            switch metric.side {
            case .either: true
            case .hits: !isOfPages
            case .visits: !isOfHits
            }
        }
    }

    @Test(arguments: zip(Flavour.allCases, [0, 1] as [UInt64]))
    func theRowsAreThoseOfTheReport(flavour: Flavour, seed: UInt64) async throws {
        try await withTraffic(flavour, seed) { database, traffic, store in
            var rows = 0
            let period = try #require(
                Period(
                    from: Timestamp(milliseconds: traffic.firstDay * 86_400_000 + 45_000_000),
                    to: Timestamp(milliseconds: (traffic.firstDay + 3) * 86_400_000 + 1)
                )
            )
            var number = 0
            for dimensions in Self.dimensions {
                for (place, filters) in Self.filters.enumerated() {
                    // Each card is that of one site after another.
                    number += 1
                    let site = traffic.sites[number % traffic.sites.count]
                    var query = Query(
                        site: site.id,
                        period: period,
                        zone: site.zone,
                        metrics: Self.metrics(dimensions, filters),
                        dimensions: dimensions
                    )
                    query.filters = filters
                    if place == 4 { (query.limit, query.offset) = (3, 1) }
                    rows += try await expectSameRows(query, database, store)
                }
            }
            #expect(rows > 600)
        }
    }

    @Test(arguments: zip(Flavour.allCases, [2, 3] as [UInt64]))
    func randomQueriesHaveTheSameRows(flavour: Flavour, seed: UInt64) async throws {
        try await withTraffic(flavour, seed) { database, traffic, store in
            var random = SeededGenerator(seed: seed)
            var (explained, rows) = (0, 0)
            for site in traffic.sites {
                for _ in 0..<60 {
                    var query = Query(
                        of: site,
                        days: traffic.firstDay - 1..<traffic.firstDay + 7,
                        using: &random
                    )
                    query.metrics = Self.metrics(query.dimensions, query.filters).shuffled(using: &random)
                    query.metrics.removeLast(Int.random(in: 0..<query.metrics.count, using: &random))
                    query.order = query.metrics.suffix(1).map {
                        Query.Order(.metric($0), isDescending: Bool.random(using: &random))
                    }
                    guard case .sql = ExplainedQuery(query) else { continue }
                    rows += try await expectSameRows(query, database, store)
                    explained += 1
                }
            }
            #expect(explained > 30 && rows > 200, "\(explained) \(rows)")
        }
    }

    /// Texts that would end a literal, a comment or a statement are only texts.
    @Test func hostileTextsAreTexts() async throws {
        let texts = [
            "'; DROP TABLE hourglass.hit; --", #"\'; SELECT 1; --"#, "$$", "/* */", "a\nb\r\u{7}", "\u{202E}abc",
            ":name",
            "\\", "%", "_", "E'\\x00'", "\u{1F469}\u{200D}\u{1F4BB}",
        ]
        try await withDatabase(.postgres) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            let time = Timestamp(seconds: 1_767_600_000)
            let hits = (texts + ["/x_y", "/xzy"]).enumerated().map { place, text in
                var hit = Hit(time: time, site: .init(rawValue: 1), name: "pageview", flags: [])
                hit.visitor = Visitor(rawValue: UInt64(place + 1))
                hit.path = text
                return hit
            }
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            for setting in ["on", "off"] {
                try await database.run("ALTER ROLE postgres SET standard_conforming_strings = \(setting)")
                for text in texts {
                    var query = Query(
                        site: .init(rawValue: 1),
                        period: try #require(Period(from: time, to: time.advanced(by: .seconds(1)))),
                        metrics: [.visitors],
                        dimensions: [.hit(.page)]
                    )
                    for test in [
                        Filter.Test(.equals, .hit(.page), [text]), Filter.Test(.contains, .hit(.page), [text]),
                    ] {
                        query.filters = [.test(test)]
                        let rows = try await expectSameRows(query, database, store)
                        #expect(rows >= 1)
                    }
                    query.filters = []
                    query.pageRules = ["\(text)*", "/x_*"]
                    _ = try await expectSameRows(query, database, store)
                }
            }
            try await database.run("ALTER ROLE postgres RESET standard_conforming_strings")
        }
    }

    private func withTraffic(
        _ flavour: Flavour,
        _ seed: UInt64,
        _ body: @Sendable (TestDatabase, VisitTraffic, PostgresStore) async throws -> Void
    ) async throws {
        try await withDatabase(flavour) { database in
            var traffic = try await VisitTraffic(seed: seed, in: database)
            for site in traffic.sites { try await database.run(site.insertion(of: site.aliases.keys)) }
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            for batch in traffic.batches() { _ = try await store.append(batch) }
            try await body(database, traffic, store)
        }
    }

    /// - Returns: The number of rows.
    private func expectSameRows(_ query: Query, _ database: TestDatabase, _ store: PostgresStore) async throws -> Int {
        let found = ExplainedRows.of(try await store.report(query))
        do {
            let rows = try await ExplainedRows(query, database).rows
            #expect(rows == found, "\(query) \(ExplainedQuery(query))")
        } catch {
            Issue.record(error, "\(query) \(ExplainedQuery(query))")
        }
        return found.count
    }
}
