import HTTP
import Support
import Testing

/// The answers of `/api/v2/query` to questions about a history that can be counted by hand.
@Suite(.needsPostgres)
struct QueryTests {
    struct Case: Sendable {
        let query: String
        /// The rows, as JSON.
        let rows: String
    }

    private static let cases: [Case] = [
        Case(
            query:
                #""metrics":["visitors","visits","pageviews","events","views_per_visit","bounce_rate","visit_duration"]"#,
            rows: #"[{"metrics":[3,4,6,8,1.5,25,128],"dimensions":[]}]"#
        ),
        Case(query: #""metrics":["scroll_depth"]"#, rows: #"[{"metrics":[70],"dimensions":[]}]"#),
        Case(
            query: #""metrics":["time_on_page"],"filters":[["is","event:page",["/"]]]"#,
            rows: #"[{"metrics":[35],"dimensions":[]}]"#
        ),
        Case(
            query: #""metrics":["visitors","pageviews","bounce_rate","percentage"],"dimensions":["event:page"]"#,
            rows: #"[{"metrics":[3,3,50,100.0],"dimensions":["/"]},{"metrics":[2,2,0,66.7],"dimensions":["/pricing"]},"#
                + #"{"metrics":[1,1,0,33.3],"dimensions":["/blog"]}]"#
        ),
        Case(
            query: #""metrics":["visitors","visits","bounce_rate","visit_duration"],"dimensions":["visit:source"]"#,
            rows:
                #"[{"metrics":[1,2,50,30],"dimensions":["Direct / None"]},{"metrics":[1,1,0,330],"dimensions":["Google"]},"#
                + #"{"metrics":[1,1,0,120],"dimensions":["newsletter"]}]"#
        ),
        Case(
            query: #""metrics":["visitors","visits","pageviews","events","bounce_rate","visit_duration"],"#
                + #""filters":[["is","event:page",["/"]]]"#,
            rows: #"[{"metrics":[3,3,3,3,50,150],"dimensions":[]}]"#
        ),
        Case(
            query: #""metrics":["visitors","visits","pageviews"],"filters":[["is_not","visit:country",["US"]]]"#,
            rows: #"[{"metrics":[2,2,4],"dimensions":[]}]"#
        ),
        Case(
            query: #""metrics":["visitors","events"],"#
                + #""filters":[["or",[["is","visit:browser",["Chrome"]],["contains","event:page",["blog"]]]]]"#,
            rows: #"[{"metrics":[2,5],"dimensions":[]}]"#
        ),
        Case(
            query: #""metrics":["visitors","pageviews"],"filters":[["has_not_done",["is","event:name",["Signup"]]]]"#,
            rows: #"[{"metrics":[2,4],"dimensions":[]}]"#
        ),
        Case(
            query: #""metrics":["pageviews"],"dimensions":["time"]"#,
            rows:
                #"[{"metrics":[3],"dimensions":["2026-01-05 09:00:00"]},{"metrics":[1],"dimensions":["2026-01-05 10:00:00"]},"#
                + #"{"metrics":[2],"dimensions":["2026-01-05 11:00:00"]}]"#
        ),
        Case(
            query: #""metrics":["pageviews"],"dimensions":["time:hour"],"timezone":"Asia/Kathmandu","#
                + #""order_by":[["pageviews","asc"]],"pagination":{"limit":2,"offset":1}"#,
            rows: #"[{"metrics":[3],"dimensions":["2026-01-05 16:00:00"]}]"#
        ),
        Case(
            query:
                #""metrics":["events"],"dimensions":["event:props:plan"],"filters":[["is","event:name",["Signup"]]]"#,
            rows: #"[{"metrics":[1],"dimensions":["pro"]}]"#
        ),
        Case(
            query: #""metrics":["pageviews"],"dimensions":["visit:user"],"filters":[["is_not","visit:user",["cem"]]]"#,
            rows: #"[{"metrics":[2],"dimensions":["ann"]},{"metrics":[2],"dimensions":["bob"]}]"#
        ),
        Case(
            query: #""metrics":["visitors"],"dimensions":["visit:country_name"],"pagination":{"limit":2}"#,
            rows: #"[{"metrics":[1],"dimensions":["France"]},{"metrics":[1],"dimensions":["Germany"]}]"#
        ),
        Case(
            query: #""metrics":["visitors"],"filters":[["matches","event:page",["^/p.*g$"]]]"#,
            rows: #"[{"metrics":[2],"dimensions":[]}]"#
        ),
        Case(
            query: #""metrics":["visitors"],"filters":[["is","visit:browser",["CHROME"],{"case_sensitive":false}]]"#,
            rows: #"[{"metrics":[1],"dimensions":[]}]"#
        ),
    ]

    @Test func areAnsweredAsCountedByHand() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            for row in Self.cases {
                let body = #"{"site_id":"shop","date_range":["2026-01-05","2026-01-05"],\#(row.query)}"#
                let answer = try await shop.post(body, to: "/api/v2/query", key: shop.read)
                #expect(answer.status == 200, "\(row.query) \(answer.body)")
                #expect(answer.body.hasPrefix(#"{"results":\#(row.rows),"#), "\(row.query) \(answer.body)")
            }
        }
    }

    /// Periods that are compared, the first day of what they are compared with, and the rows.
    private static let comparisons: [(String, String, String)] = [
        (
            #""date_range":["2026-01-06","2026-01-06"],"metrics":["visitors","bounce_rate"],"include":{"compare":"previous"}"#,
            "2026-01-05",
            #"{"metrics":[0,0],"dimensions":[],"comparison":{"dimensions":[],"metrics":[3,25],"change":[-100,-25]}}"#
        ),
        (
            #""date_range":["2027-01-05","2027-01-05"],"metrics":["pageviews"],"include":{"compare":"year"}"#,
            "2026-01-05",
            #"{"metrics":[0],"dimensions":[],"comparison":{"dimensions":[],"metrics":[6],"change":[-100]}}"#
        ),
        (
            #""date_range":["2026-01-05","2026-01-05"],"metrics":["pageviews"],"include":{"compare":"year","match_day_of_week":true}"#,
            "2025-01-06",
            #"{"metrics":[6],"dimensions":[],"comparison":{"dimensions":[],"metrics":[0],"change":[100]}}"#
        ),
        (
            #""date_range":["2026-01-05","2026-01-06"],"metrics":["pageviews"],"include":{"compare":"previous","match_day_of_week":true}"#,
            "2025-12-29",
            #"{"metrics":[6],"dimensions":[],"comparison":{"dimensions":[],"metrics":[0],"change":[100]}}"#
        ),
        (
            #""date_range":["2026-01-05","2026-01-05"],"metrics":["visitors"],"dimensions":["visit:country"],"#
                + #""include":{"compare":["2026-01-05","2026-01-05"]},"pagination":{"limit":1}"#,
            "2026-01-05",
            #"{"metrics":[1],"dimensions":["DE"],"comparison":{"dimensions":["DE"],"metrics":[1],"change":[0]}}"#
        ),
        (
            #""date_range":["2026-01-06","2026-01-06"],"metrics":["visitors"],"dimensions":["time:day"],"#
                + #""include":{"compare":["2026-01-05","2026-01-05"]}"#,
            "2026-01-05",
            ""
        ),
    ]

    @Test func periodsAreCompared() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            for (query, first, rows) in Self.comparisons {
                let answer = try await shop.post(#"{"site_id":"shop",\#(query)}"#, to: "/api/v2/query", key: shop.read)
                #expect(answer.body.hasPrefix(#"{"results":[\#(rows)],"#), "\(query) \(answer.body)")
                #expect(answer.body.contains(#""comparison_date_range":["\#(first)T00:00:00"#), "\(answer.body)")
            }
            // A day is compared with a day of another date.
            let hour = #"{"url":"https://shop.example/a","timestamp":"2026-01-06T09:30:00Z","user":"ann"}"#
            #expect(try await shop.post(hour, key: shop.trusted).status == 204)
            let body =
                #"{"site_id":"shop","date_range":["2026-01-06","2026-01-06"],"metrics":["pageviews"],"dimensions":["time:hour"],"#
                + #""include":{"compare":"previous"}}"#
            let answer = try await shop.post(body, to: "/api/v2/query", key: shop.read)
            let row =
                #"{"metrics":[1],"dimensions":["2026-01-06 09:00:00"],"comparison":{"dimensions":["2026-01-05 09:00:00"],"#
                + #""metrics":[3],"change":[-67]}}"#
            #expect(answer.body.contains(row), "\(answer.body)")
        }
    }

    @Test func machinesAndValuesCountWhereTheyAreAskedFor() async throws {
        try await CollectServer.with { shop in
            let time = #""timestamp":"2026-01-05T09:00:00Z","url":"https://shop.example/""#
            let hits = [
                #"{"user":"ann","name":"Buy","value":"12.50","currency":"EUR",\#(time)}"#,
                #"{"user":"ann","name":"Buy","value":-0.000001,"currency":"USD",\#(time)}"#,
                #"{"user":"ann","name":"Buy","value":1234567,"currency":"USD",\#(time)}"#,
                #"{"user":"bob","name":"Buy","value":1,\#(time)}"#,
                #"{"user":"eve","user_agent":"Googlebot/2.1 (+http://www.google.com/bot.html)",\#(time)}"#,
            ]
            let stored = try await shop.post("[\(hits.joined(separator: ","))]", key: shop.trusted)
            #expect(stored.status == 200)
            func ask(_ members: String) async throws -> String {
                let range = #""date_range":["2026-01-05","2026-01-05"]"#
                return try await shop.post(
                    #"{"site_id":"shop",\#(range),\#(members)}"#,
                    to: "/api/v2/query",
                    key: shop.read
                ).body
            }
            let values =
                #"[{"value":1,"currency":null},{"value":12.5,"currency":"EUR"},{"value":1234566.999999,"currency":"USD"}]"#
            let sums = try await ask(#""metrics":["value"]"#)
            #expect(sums.contains(#""metrics":[\#(values)]"#), "\(sums)")
            #expect(try await ask(#""metrics":["visitors"]"#).contains(#""metrics":[2]"#))
            #expect(try await ask(#""metrics":["visitors"],"include":{"bots":true}"#).contains(#""metrics":[3]"#))
        }
    }

    @Test func aQueryIsRefusedWithItsPlace() async throws {
        try await CollectServer.with { shop in
            let cases: [(String, Int, String)] = [
                (#""metrics":["visitors"],"date_range":"7d","timezone":"No/Where""#, 400, "not a time zone"),
                (#""metrics":["visitors"],"date_range":["2026-02-30","2026-03-01"]"#, 400, "not a period"),
                (#""metrics":["visitors"],"date_range":["1990-01-01","2026-03-01"]"#, 400, "not a period"),
                (
                    #""metrics":["visitors"],"date_range":"7d","filters":[["matches","event:page",["["]]]"#, 200,
                    "results"
                ),
            ]
            for (query, status, text) in cases {
                let answer = try await shop.post(#"{"site_id":"shop",\#(query)}"#, to: "/api/v2/query", key: shop.read)
                #expect(answer.status == status, "\(query) \(answer.body)")
                #expect(answer.body.contains(text), "\(query) \(answer.body)")
            }
            _ = try await shop.post(#"{"url":"https://shop.example/a"}"#, key: shop.write)
            let pattern =
                #"{"site_id":"shop","metrics":["visitors"],"date_range":"day","filters":[["matches","event:page",["["]]]}"#
            let answer = try await shop.post(pattern, to: "/api/v2/query", key: shop.read)
            #expect(answer.status == 400)
            #expect(answer.body.contains("not a regular expression"))
        }
    }

    /// Clicks that were sent without a hit count where nothing but time is asked for.
    @Test func usersAreThoseOfEvents() async throws {
        let cases: [(String, String)] = [
            (#""metrics":["users","clicks","pageviews"]"#, #"[{"metrics":[2,3,1],"dimensions":[]}]"#),
            (
                #""metrics":["clicks","users"],"dimensions":["time:hour"]"#,
                #"[{"metrics":[2,1],"dimensions":["2026-01-05 09:00:00"]},{"metrics":[1,1],"dimensions":["2026-01-05 10:00:00"]}]"#
            ),
            (#""metrics":["clicks"],"filters":[["is","event:name",["click"]]]"#, #"[{"metrics":[1],"dimensions":[]}]"#),
        ]
        try await CollectServer.with { shop in
            let hit = #""user":"ann","url":"https://shop.example/","timestamp":"2026-01-05T10:00:00Z""#
            #expect(try await shop.post("[{\(hit)},{\(hit),\"name\":\"click\"}]", key: shop.trusted).status == 200)
            for second in [1_767_603_600, 1_767_603_601] {
                let event = "/analytics?site=shop&timestamp=\(second)&user=bob&event=click"
                #expect(try await shop.post("", to: event, key: shop.trusted).status == 204)
            }
            for (query, rows) in cases {
                let body = #"{"site_id":"shop","date_range":["2026-01-05","2026-01-05"],\#(query)}"#
                let answer = try await shop.post(body, to: "/api/v2/query", key: shop.read)
                #expect(answer.body.hasPrefix(#"{"results":\#(rows),"#), "\(query) \(answer.body)")
                #expect(answer.body.contains(#""basis":"\#(query.contains("filters") ? "hit" : "event")""#))
            }
            let refused = #"{"site_id":"shop","date_range":"7d","metrics":["users"],"dimensions":["event:page"]}"#
            let answer = try await shop.post(refused, to: "/api/v2/query", key: shop.read)
            #expect(answer.status == 400)
            #expect(answer.body.contains("Metric `users` can only be queried"))
            let none = try await shop.post(
                #"{"site_id":"shop","date_range":"7d","metrics":["visitors"]}"#,
                to: "/api/v2/query",
                key: shop.read
            )
            #expect(!none.body.contains("basis"))
        }
    }

    @Test func needsAReadKeyOfTheSite() async throws {
        let query = #"{"site_id":"shop","metrics":["visitors"],"date_range":"7d"}"#
        try await CollectServer.with { shop in
            for key in [nil, shop.write, shop.trusted, shop.other, "hgr_x"] {
                let answer = try await shop.post(query, to: "/api/v2/query", key: key)
                #expect(answer.status == 401, "\(key ?? "")")
                #expect(answer.body.contains(key == nil ? "Missing API key" : "Invalid API key"))
            }
            let other = query.replacing("shop", with: "nobody")
            #expect(try await shop.post(other, to: "/api/v2/query", key: shop.read).status == 401)
        }
        try await CollectServer.with(settings: #"{"public":true}"#) { shop in
            let answer = try await shop.post(query, to: "/api/v2/query")
            #expect(answer.status == 200)
        }
    }
}
