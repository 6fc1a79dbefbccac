import HTTP
import Support
import Testing

/// Questions about dates whose hits retention has dropped.
@Suite(.needsPostgres)
struct NotKeptTests {
    private static let since = "the hits before 2026-01-07 are not kept any more"

    /// Dates before 7 January 2026 have totals alone: the 5th has two visits of three page views.
    private static func with(_ body: @Sendable (CollectServer) async throws -> Void) async throws {
        try await CollectServer.with { shop in
            try await shop.server.database.run(
                """
                INSERT INTO total_span (site_id, zone, since, counted, until)
                SELECT id, zone, '-infinity', '2026-01-07Z', '2026-01-07Z' FROM site WHERE name = 'shop';
                INSERT INTO day_total SELECT id, zone, '2026-01-05', 2, 2, 3, 4, 1, 60000, 3, 4, 1, true
                  FROM site WHERE name = 'shop'
                """
            )
            let hit = #"{"url":"https://shop.example/a","timestamp":"2026-01-08T09:30:00Z","user":"ann"}"#
            #expect(try await shop.post(hit, key: shop.trusted).status == 204)
            try await body(shop)
        }
    }

    private static let range = #""date_range":["2026-01-04","2026-01-08"]"#

    @Test func totalsCountWithTheHitsThatAreKept() async throws {
        try await Self.with { shop in
            let metrics = #""metrics":["pageviews","visits","bounce_rate","visit_duration","views_per_visit"]"#
            let answer = try await shop.post(
                #"{"site_id":"shop",\#(Self.range),\#(metrics),"include":{"explain":true}}"#,
                to: "/api/v2/query",
                key: shop.read
            )
            #expect(answer.body.hasPrefix(#"{"results":[{"metrics":[4,3,67,20,1.33],"dimensions":[]}],"#), "\(answer)")
            #expect(answer.body.contains(#""kept_since":"2026-01-07T00:00:00Z""#), "\(answer)")
            #expect(answer.body.contains(#""excluded":{"no_visitor":1}"#), "\(answer)")
            #expect(answer.body.contains(#""explain":{"sql":null,"#), "\(answer)")
            let days = try await shop.ask(
                "/api/v1/stats?site=shop&metrics=visitors&by=day&from=2026-01-04&to=2026-01-08&format=csv"
            )
            #expect(days.status == 200 && days.body.contains("2026-01-05,2"), "\(days)")
        }
    }

    /// Queries, and the fields that their refusals name.
    private static let refused: [(query: String, field: String)] = [
        (#"\#(range),"metrics":["visitors"]"#, "date_range"),
        (#"\#(range),"metrics":["pageviews"],"filters":[["is","visit:country",["DE"]]]"#, "date_range"),
        (#"\#(range),"metrics":["pageviews"],"dimensions":["event:page"]"#, "date_range"),
        (#"\#(range),"metrics":["pageviews"],"dimensions":["time:hour"]"#, "date_range"),
        (#"\#(range),"metrics":["pageviews","users","visitors"]"#, "date_range"),
        (#"\#(range),"metrics":["pageviews"],"timezone":"Asia/Tokyo""#, "date_range"),
        (
            #""date_range":["2026-01-07","2026-01-08"],"metrics":["visitors"],"include":{"compare":"previous"}"#,
            "include"
        ),
    ]

    @Test func whatTotalsDoNotTellIsRefused() async throws {
        try await Self.with { shop in
            for (query, field) in Self.refused {
                let body = #"{"site_id":"shop",\#(query)}"#
                let answer = try await shop.post(body, to: "/api/v2/query", key: shop.read)
                #expect(answer.status == 400 && answer.body.contains(Self.since), "\(query) \(answer)")
                #expect(answer.body.contains(#""field":"\#(field)""#), "\(query) \(answer)")
                let fine = #"{"site_id":"shop","date_range":["2026-01-07","2026-01-08"],"metrics":["visitors"]}"#
                let list = try await shop.post(
                    #"{"queries":[\#(fine),\#(body)]}"#,
                    to: "/api/v2/queries",
                    key: shop.read
                )
                #expect(list.status == 400, "\(query) \(list)")
                #expect(list.body.contains(#""field":"queries[1].\#(field)""#), "\(query) \(list)")
            }
        }
    }

    @Test func otherRoutesRefuseAlike() async throws {
        try await Self.with { shop in
            let steps = #""steps":[{"page":"/"},{"page":"/a"}]"#
            let funnel = try await shop.post(
                #"{"site_id":"shop",\#(Self.range),\#(steps)}"#,
                to: "/api/v1/funnels/query",
                key: shop.read
            )
            #expect(funnel.status == 400 && funnel.body.contains(Self.since), "\(funnel)")
            let targets = [
                ("?site=shop&by=page&from=2026-01-04&to=2026-01-08", "date_range"),
                ("/breakdown?site_id=shop&property=event:page&period=custom&date=2026-01-04,2026-01-08", "date_range"),
                (
                    "/aggregate?site_id=shop&period=custom&date=2026-01-07,2026-01-08&compare=previous_period",
                    "compare"
                ),
            ]
            for (target, field) in targets {
                let answer = try await shop.ask("/api/v1/stats\(target)")
                #expect(answer.status == 400 && answer.body.contains(Self.since), "\(target) \(answer)")
                #expect(answer.body.contains(#""field":"\#(field)""#), "\(target) \(answer)")
            }
        }
    }
}
