import Analytics
import Postgres
import Schema
import Store
import Support
import Testing

/// The questions that come with the program, against the reports about the same hits.
@Suite(.needsPostgres, .timeLimit(.minutes(8)))
struct ShippedQueryTests {
    /// A question, and the report that has the same rows.
    struct Case: Sendable {
        let audience: SavedQuery.Audience
        let name: String
        let values: [String: String]
        let metrics: [Metric]
        let dimensions: [Dimension]
        let filters: [Filter]
        /// The columns of the answer that are compared, those of the dimensions first.
        let columns: [Int]

        init(
            _ audience: SavedQuery.Audience,
            _ name: String,
            _ metrics: [Metric],
            by dimensions: [Dimension],
            where filters: [Filter] = [],
            columns: [Int]? = nil,
            with values: [String: String] = [:]
        ) {
            (self.audience, self.name, self.values) = (audience, name, values)
            (self.metrics, self.dimensions, self.filters) = (metrics, dimensions, filters)
            self.columns = columns ?? Array(0..<dimensions.count + metrics.count)
        }
    }

    private static func test(_ dimension: Dimension, _ values: [String], isNegated: Bool = false) -> Filter {
        .test(Filter.Test(.equals, dimension, values, isNegated: isNegated))
    }

    private static let isView = test(.hit(.name), ["pageview"])
    private static let all = ["limit": "10000"]

    private static let cases = [
        Case(.public, "visits", [.visitors, .pageviews], by: [.time(.day)]),
        Case(
            .public,
            "documents",
            [.pageviews],
            by: [.hit(.hostname), .hit(.page), .hit(.title)],
            where: [isView, test(.hit(.hostname), ["localhost", "127.0.0.1"], isNegated: true)],
            columns: [0, 1, 2]
        ),
        Case(.public, "locations", [.visitors], by: [.visit(.region), .visit(.country)]),
        Case(.public, "platforms", [.visitors], by: [.visit(.os)]),
        Case(
            .private,
            "events",
            [.visitors],
            by: [.hit(.title), .hit(.name), .property("ev")],
            where: [.not(isView)]
        ),
        Case(
            .private,
            "locations",
            [.visitors, .visits, .pageviews],
            by: [.visit(.city), .visit(.region), .visit(.country)],
            columns: [0, 1, 2, 3, 5, 6]
        ),
        Case(.private, "origins", [.visits], by: [.visit(.referrer)]),
        Case(.public, "days", [.visitors, .pageviews, .events], by: [.time(.day)]),
        Case(.public, "event-names", [.events], by: [.hit(.name)]),
        Case(
            .public,
            "event-days",
            [.events],
            by: [.time(.day)],
            where: [test(.hit(.name), ["Sign up"])],
            with: ["event": "Sign up"]
        ),
        Case(.public, "event-pages", [.pageviews], by: [.hit(.page)]),
        Case(
            .public,
            "event-pages",
            [.events],
            by: [.hit(.page)],
            where: [test(.hit(.name), ["Sign up"])],
            with: ["event": "Sign up"]
        ),
        Case(.public, "session-days", [.visits], by: [.time(.day)]),
        Case(.public, "session-systems", [.visits], by: [.visit(.os)], with: all),
        Case(.public, "session-browsers", [.visits], by: [.visit(.browser)], with: all),
        Case(.public, "entry-pages", [.visits], by: [.visit(.entryPage)], with: all),
        Case(.public, "exit-pages", [.visits], by: [.visit(.exitPage)], with: all),
        Case(.public, "entry-exit-pages", [.visits], by: [.visit(.entryPage), .visit(.exitPage)], with: all),
    ]

    @Test(arguments: zip(Flavour.allCases, [4, 5] as [UInt64]))
    func theRowsAreThoseOfReports(flavour: Flavour, seed: UInt64) async throws {
        try await withShippedQueries(flavour, seed) { traffic, store, sessions in
            var rows = 0
            for site in traffic.sites {
                let first = Timestamp(milliseconds: (traffic.firstDay + 1) * 86_400_000).text.prefix(10)
                let last = Timestamp(milliseconds: (traffic.firstDay + 3) * 86_400_000).text.prefix(10)
                let dates = DateRange.dates(String(first), String(last))
                let period = try await store.period(dates, on: nil, of: site.id, zone: site.zone)
                for each in Self.cases {
                    let expected = try await report(each, site, period, store)
                    let found = try await answer(each, site, period, sessions)
                    #expect(
                        found == expected,
                        "\(each.audience)/\(each.name) \(each.values) of site \(site.id.rawValue)"
                    )
                    rows += found.count
                }
            }
            #expect(rows > 300, "\(rows)")
        }
    }

    /// The bounces of a page are the visits whose pair of pages is twice that page.
    @Test(arguments: Flavour.allCases)
    func pageBouncesFollowFromPairs(flavour: Flavour) async throws {
        try await withShippedQueries(flavour, 6) { traffic, store, sessions in
            var total = 0
            for site in traffic.sites {
                let period = try #require(
                    Period(
                        from: Timestamp(milliseconds: traffic.firstDay * 86_400_000),
                        to: Timestamp(milliseconds: (traffic.firstDay + 4) * 86_400_000)
                    )
                )
                let pairs = try await answer(
                    Case(
                        .public,
                        "entry-exit-pages",
                        [.visits],
                        by: [.visit(.entryPage), .visit(.exitPage)],
                        with: Self.all
                    ),
                    site,
                    period,
                    sessions
                )
                // By their bytes: pages that only look alike are others.
                var expected: [[UInt8]: (all: Int, same: Int)] = [:]
                for pair in pairs where pair[0] != "NULL" {
                    let (count, page) = (Int(pair[2]) ?? 0, Array(pair[0].utf8))
                    expected[page, default: (0, 0)].all += count
                    if page.elementsEqual(pair[1].utf8) { expected[page, default: (0, 0)].same += count }
                }
                let found = try await answer(
                    Case(.public, "page-bounces", [.visits, .events], by: [.visit(.entryPage)], with: Self.all),
                    site,
                    period,
                    sessions
                )
                let rows = Set(expected.map { $0 + Array(" \($1.all) \($1.same)".utf8) })
                #expect(Set(found.map { Array($0.joined(separator: " ").utf8) }) == rows)
                total += found.count
            }
            #expect(total > 5)
        }
    }

    /// Properties and their values, against a count by hand.
    @Test(arguments: Flavour.allCases)
    func propertiesAreCounted(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            let time = Timestamp(seconds: 1_767_600_000)
            let hits = [#"{"plan":"pro","seats":3}"#, #"{"plan":"pro"}"#, #"{"plan":"free","on":true}"#, nil].map {
                props in
                var hit = Hit(time: time, site: Site.standard, name: "buy", flags: [])
                (hit.visitor, hit.props) = (Visitor(rawValue: 1), props)
                return hit
            }
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            let sessions = QuerySessions(url: database.queryURL, store: store)
            defer { sessions.close() }
            let period = try #require(Period(from: time, to: time.advanced(by: .seconds(1))))
            let query = try #require(QueryLibrary.shipped.first { $0.name == "event-properties" })
            let table = try await sessions.ask(query, site: 1, zone: "UTC", period, ["event": "buy"])
            #expect(
                table.rows.map { $0.map(\.text) } == [
                    ["plan", "pro", "2"], ["on", "true", "1"], ["plan", "free", "1"], ["seats", "3", "1"],
                ]
            )
        }
    }

    /// Each file says what it is, and its text can be sent.
    @Test func eachHasATitle() {
        #expect(QueryLibrary.shipped.count == 19)
        for query in QueryLibrary.shipped {
            #expect(query.fault == nil && query.title != query.name && query.isShipped, "\(query.name)")
        }
    }

    // MARK: Comparing

    private func withShippedQueries(
        _ flavour: Flavour,
        _ seed: UInt64,
        _ body: @Sendable (VisitTraffic, PostgresStore, QuerySessions) async throws -> Void
    ) async throws {
        try await withDatabase(flavour) { database in
            var traffic = try await VisitTraffic(seed: seed, in: database)
            for site in traffic.sites { try await database.run(site.insertion(of: site.aliases.keys)) }
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            for batch in traffic.batches() { _ = try await store.append(batch) }
            let sessions = QuerySessions(url: database.queryURL, store: store)
            defer { sessions.close() }
            try await body(traffic, store, sessions)
        }
    }

    /// The rows of a report with any number but zero, in order; days without any are among them.
    private func report(_ each: Case, _ site: VisitSite, _ period: Period, _ store: PostgresStore) async throws
        -> [[String]]
    {
        var query = Query(
            site: site.id,
            period: period,
            zone: site.zone,
            metrics: each.metrics,
            dimensions: each.dimensions
        )
        query.filters = each.filters
        query.limit = Query.limits.rows
        let report = try await store.report(query)
        let rows = report.rows.map { row in
            zip(row.dimensions, each.dimensions).map { $0 == $1.blank ? "NULL" : $0.escaped }
                + row.values.map { if case .count(let count) = $0 { "\(count)" } else { "?" } }
        }
        return ordered(rows.map { each.name == "documents" ? joinedPage($0) : $0 }, each)
    }

    private func joinedPage(_ row: [String]) -> [String] {
        let parts = row.prefix(2).map { $0 == "NULL" ? "" : $0 }
        return [parts.joined()] + row.dropFirst(2)
    }

    private func answer(_ each: Case, _ site: VisitSite, _ period: Period, _ sessions: QuerySessions) async throws
        -> [[String]]
    {
        let query = try #require(QueryLibrary.shipped.first { $0.audience == each.audience && $0.name == each.name })
        let table = try await sessions.ask(query, site: site.id.rawValue, zone: site.zone, period, each.values)
        return ordered(table.rows.map { row in each.columns.map { row[$0].text.escaped } }, each)
    }

    private func ordered(_ rows: [[String]], _ each: Case) -> [[String]] {
        rows.filter { $0.suffix(each.metrics.count).contains { $0 != "0" } }.sorted { $0.lexicographicallyPrecedes($1) }
    }
}

extension QueryTable.Value {
    /// The value as text.
    var text: String {
        switch self {
        case .null: "NULL"
        case .flag(let flag): "\(flag)"
        case .number(let text), .text(let text), .json(let text): text
        case .list(let values): "\(values.map(\.text))"
        }
    }
}

extension QuerySessions {
    /// Asks a saved question about a period.
    func ask(
        _ query: SavedQuery,
        site: Int32,
        zone: String,
        _ period: Period,
        _ values: [String: String]
    ) async throws -> QueryTable {
        let prepared = try #require(query.prepared())
        let given = [
            "site": "\(site)", "zone": zone, "from": period.start.textInMilliseconds,
            "to": period.end.textInMilliseconds,
        ]
        let standards = Dictionary(uniqueKeysWithValues: query.parameters.map { ($0.name, $0.standard ?? "") })
        let all = standards.merging(values) { $1 }.merging(given) { $1 }
        return try await ask(
            SavedQueries.Question(
                site: SiteID(rawValue: site),
                prepared: prepared,
                values: prepared.names.map { all[$0] ?? "" }
            )
        )
    }
}
