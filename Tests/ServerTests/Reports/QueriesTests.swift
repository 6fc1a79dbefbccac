import HTTP
import Support
import Testing

/// The answers of `/api/v2/queries`.
@Suite(.needsPostgres)
struct QueriesTests {
    private static let queries: [(query: String, rows: String)] = [
        (#""date_range":["2026-01-05","2026-01-05"],"metrics":["visitors"]"#, #"[{"metrics":[3],"dimensions":[]}]"#),
        (
            #""date_range":["2026-01-05","2026-01-05"],"metrics":["pageviews"],"dimensions":["event:page"],"#
                + #""filters":[["is","event:page",["/blog"]]]"#,
            #"[{"metrics":[1],"dimensions":["/blog"]}]"#
        ),
        // Of another time, and compared.
        (
            #""date_range":["2027-01-05","2027-01-05"],"metrics":["pageviews"],"include":{"compare":"year"}"#,
            #"[{"metrics":[0],"dimensions":[],"comparison":{"dimensions":[],"metrics":[6],"change":[-100]}}]"#
        ),
        (#""date_range":["2026-01-05","2026-01-05"],"metrics":["users"]"#, #"[{"metrics":[0],"dimensions":[]}]"#),
    ]

    @Test func areThoseOfSingleQueriesInTheirOrder() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let bodies = Self.queries.map { #"{"site_id":"shop",\#($0.query)}"# }
            let list = #"{"queries":[\#(bodies.joined(separator: ","))]}"#
            let answer = try await shop.post(list, to: "/api/v2/queries", key: shop.read)
            #expect(answer.status == 200 && answer["Analytics-As-Of"] != nil)
            var singles: [String] = []
            for (body, rows) in zip(bodies, Self.queries.map(\.rows)) {
                let single = try await shop.post(body, to: "/api/v2/query", key: shop.read)
                #expect(single.body.hasPrefix(#"{"results":\#(rows),"#), "\(body) \(single.body)")
                singles.append(single.body)
            }
            #expect(answer.body == #"{"results":[\#(singles.joined(separator: ","))]}"#)
        }
    }

    /// Texts that are canonically equivalent are different pages, also side by side.
    @Test func filtersAreTheirBytes() async throws {
        try await CollectServer.with { shop in
            for path in ["caf%C3%A9", "cafe%CC%81", "cafe%CC%81"] {
                let hit = #"{"url":"https://shop.example/\#(path)","timestamp":"2026-01-05T09:30:00Z","user":"ann"}"#
                #expect(try await shop.post(hit, key: shop.trusted).status == 204)
            }
            let queries = ["/caf\u{E9}", "/cafe\u{301}"].map { page in
                #"{"site_id":"shop","date_range":["2026-01-05","2026-01-05"],"metrics":["pageviews"],"#
                    + #""filters":[["is","event:page",["\#(page)"]]]}"#
            }
            let list = #"{"queries":[\#(queries.joined(separator: ","))]}"#
            let answer = try await shop.post(list, to: "/api/v2/queries", key: shop.read)
            let rows = answer.body.split(separator: #"{"results":[{"metrics":"#).map { $0.prefix(3) }
            #expect(rows == [#"{"r"#, "[1]", "[2]"], "\(answer.body)")
        }
    }

    @Test func areRefusedTogether() async throws {
        let fine = #"{"site_id":"shop","date_range":"7d","metrics":["visitors"]}"#
        let cases: [(list: String, field: String)] = [
            ("[]", "body"), (#"{"queries":{}}"#, "body"), (#"{"queries":[]}"#, "queries"),
            (#"{"queries":[\#(fine)],"site_id":"shop"}"#, "site_id"),
            (#"{"queries":[\#(Array(repeating: fine, count: 51).joined(separator: ","))]}"#, "queries"),
            (#"{"queries":[\#(fine),{"site_id":"shop","date_range":"7d","metrics":["hits"]}]}"#, "queries[1].metrics"),
            (
                #"{"queries":[\#(fine),{"site_id":"other","date_range":"7d","metrics":["visits"]}]}"#,
                "queries[1].site_id"
            ),
            (
                #"{"queries":[{"site_id":"shop","date_range":"7d","metrics":["visitors"],"#
                    + #""filters":[["is","event:goal",["None"]]]}]}"#,
                "queries[0].filters"
            ),
        ]
        try await CollectServer.with { shop in
            for (list, field) in cases {
                let answer = try await shop.post(list, to: "/api/v2/queries", key: shop.read)
                #expect(answer.status == 400 && answer.body.contains(#""field":"\#(field)""#), "\(list) \(answer.body)")
            }
            let query = #"{"queries":[\#(fine)]}"#
            #expect(try await shop.post(query, to: "/api/v2/queries", key: nil).status == 401)
            #expect(try await shop.post(query, to: "/api/v2/queries", key: shop.trusted).status == 401)
        }
    }
}
