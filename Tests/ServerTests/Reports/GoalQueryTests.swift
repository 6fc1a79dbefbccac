import Analytics
import Support
import Testing

@testable import Server

/// Goals in the three forms of questions.
@Suite(.needsPostgres)
struct GoalQueryTests {
    private static let goals = [
        Goal(id: GoalID(rawValue: 1), .event("Signup")), Goal(id: GoalID(rawValue: 2), .page("/blog/**")),
        Goal(id: GoalID(rawValue: 3), .page("/pricing"), display: "Prices | all"),
    ]

    private func query(_ filters: [Filter], by dimensions: [Dimension] = []) throws -> Query {
        let start = Timestamp(milliseconds: 0)
        let period = try #require(Period(from: start, to: start))
        var query = Query(site: Site.standard, period: period, metrics: [.visitors], dimensions: dimensions)
        query.filters = filters
        query.goals = Self.goals
        return query
    }

    @Test(
        arguments: [
            ("event:goal==Signup", nil), ("event:goal==Visit /blog/**", nil),
            (#"event:goal==Prices \| all|Signup"#, nil),
            ("event:goal==Visit /blog/x", "Visit /blog/x"), ("event:goal==Signup|Download", "Download"),
            ("event:goal==Visit /pricing", "Visit /pricing"), ("event:goal==signup", "signup"),
        ] as [(String, String?)]
    )
    func filtersOfTheFirstVersionNameGoals(text: String, unknown: String?) throws {
        let filters = try StatsFilters(text).filters
        #expect(filters.flatMap(\.tests).allSatisfy { $0.comparison == .equals && $0.dimension == .goal })
        #expect(try query(filters).unknownGoal == unknown)
    }

    @Test(
        arguments: [
            (#"["is","event:goal",["Signup","Visit /blog/**"]]"#, nil), (#"["is","event:goal",["Sign"]]"#, "Sign"),
            (#"["contains","event:goal",["Sign"]]"#, nil), (#"["contains","event:goal",["sign"]]"#, "sign"),
            (#"["contains","event:goal",["sign"],{"case_sensitive":false}]"#, nil),
            (#"["is","event:goal",["SIGNUP"],{"case_sensitive":false}]"#, nil),
            (#"["has_done",["is","event:goal",["x"]]]"#, "x"), (#"["is","event:page",["x"]]"#, nil),
        ] as [(String, String?)]
    )
    func filtersOfTheSecondVersionNameGoals(text: String, unknown: String?) throws {
        let value = try #require(JSONValue(Array("[\(text)]".utf8)))
        #expect(try query(try FilterReader.filters(value)).unknownGoal == unknown)
    }

    @Test func parametersNameGoals() throws {
        let table = try TableQuery("by=goal&filter=goal==Signup&filter=goal=@Visit&metrics=conversion_rate")
        #expect(table.dimensions == [.goal])
        let query = try query(table.filters, by: table.dimensions)
        #expect(query.unknownGoal == nil)
        #expect(query.isByGoals)
        for filter in ["goal!=Signup", "goal!@Signup", "goal=~Signup", "event:goal!~Signup"] {
            #expect(throws: QueryRefusal("filter", "a goal is compared with == or =@")) {
                try TableQuery("filter=\(filter)")
            }
        }
    }

    /// Rows by goals and properties have the rate of all visitors, any others that of their own.
    @Test func theRateOfGroupsIsTheirOwn() throws {
        let stats = try StatsQuery(["site_id": "shop", "metrics": "visitors,conversion_rate"])
        for dimensions in [[], [.goal], [.property("plan")]] as [[Dimension]] {
            #expect(stats.metrics(by: dimensions) == [.visitors, .conversionRate])
        }
        for dimension in [.visit(.source), .time(.day), .hit(.page)] as [Dimension] {
            #expect(stats.metrics(by: [dimension]) == [.visitors, .groupConversionRate])
        }
    }

    private static let advice = """
         is not configured for this site. Find out how to configure goals here: \
        https://plausible.io/docs/stats-api#filtering-by-goals
        """

    private static let statsRefusals: [(String, String)] = [
        ("aggregate?site_id=shop&filters=event:goal==a", "The goal `a`" + advice),
        ("timeseries?site_id=shop&filters=event:goal==Signup%7CVisit+/b", "The goal `Signup`" + advice),
        (
            "breakdown?site_id=shop&property=visit:source&filters=event:goal==Visit%20/b",
            "The pageview goal for the pathname `/b`" + advice
        ),
        ("aggregate?site_id=shop&filters=event:goal!=Any", "event:goal is compared with == alone"),
        (
            "aggregate?site_id=shop&metrics=conversion_rate",
            "Metric `conversion_rate` can only be queried in a goal breakdown or with a goal filter"
        ),
        (
            "breakdown?site_id=shop&metrics=conversion_rate&property=visit:source",
            "Metric `conversion_rate` can only be queried in a goal breakdown or with a goal filter"
        ),
        (
            "aggregate?site_id=shop&metrics=bounce_rate&filters=event:goal==Any",
            "Session metric `bounce_rate` cannot be queried when using a filter on `event:goal`."
        ),
        (
            "breakdown?site_id=shop&metrics=visit_duration&property=event:goal",
            "Session metric `visit_duration` cannot be queried for breakdown by `event:goal`."
        ),
        ("aggregate?site_id=shop&metrics=total_revenue", "The metric `total_revenue` is not recognized"),
    ]

    @Test func questionsAboutOtherGoalsAreRefused() async throws {
        try await CollectServer.with { shop in
            let goal = #"{"event":"Signup","display":"Any"}"#
            #expect(try await shop.post(goal, to: "/api/v1/goals", key: shop.trusted).status == 201)
            for (question, text) in Self.statsRefusals {
                let answer = try await shop.ask("/api/v1/stats/\(question)")
                #expect(answer.status == 400, "\(question)")
                #expect(answer.body.contains(text), "\(question) \(answer.body)")
            }
            let query =
                #"{"site_id":"shop","metrics":["visitors"],"date_range":"7d","#
                + #""filters":[["is","event:goal",["Signup"]]]}"#
            let answer = try await shop.post(query, to: "/api/v2/query", key: shop.read)
            #expect(answer.status == 400)
            #expect(answer.body.contains("Invalid filters. The goal `Signup`" + Self.advice), "\(answer.body)")
            for (question, field) in [
                ("filter=goal==Signup", "filter"), ("filter=goal!=Any", "filter"),
                ("metrics=conversion_rate", "metrics"), ("by=goal&metrics=bounce_rate", "metrics"),
            ] {
                let answer = try await shop.ask("/api/v1/stats?site=shop&\(question)")
                #expect(answer.status == 400, "\(question)")
                #expect(answer.body.contains(#""field":"\#(field)""#), "\(question) \(answer.body)")
            }
        }
    }

    private static let counts: [(query: String, rows: String)] = [
        (
            #""metrics":["visitors","events","conversion_rate"],"dimensions":["event:goal"]"#,
            #"[{"metrics":[2,2,66.67],"dimensions":["Visit /pricing"]},{"metrics":[1,1,33.33],"dimensions":["Signup"]}]"#
        ),
        (
            #""metrics":["visitors","conversion_rate","group_conversion_rate"],"dimensions":["visit:source"],"#
                + #""filters":[["is","event:goal",["Signup"]]]"#,
            #"[{"metrics":[1,33.33,100.0],"dimensions":["Google"]}]"#
        ),
        (
            #""metrics":["visitors","pageviews"],"filters":[["has_done",["is","event:goal",["Signup"]]]]"#,
            #"[{"metrics":[1,2],"dimensions":[]}]"#
        ),
        (
            #""metrics":["visitors","pageviews"],"filters":[["has_not_done",["is","event:goal",["Signup"]]]]"#,
            #"[{"metrics":[2,4],"dimensions":[]}]"#
        ),
    ]

    private static let range = "period=custom&date=2026-01-05,2026-01-05"

    private static let statsCounts: [(question: String, results: String)] = [
        (
            "/aggregate?site_id=shop&\(range)&metrics=conversion_rate&filters=event:goal==Signup&compare=previous_period",
            #"{"results":{"conversion_rate":{"value":33.33,"comparison_value":0,"change":33.3}}}"#
        ),
        (
            "/breakdown?site_id=shop&\(range)&property=visit:source&metrics=conversion_rate&filters=event:goal==Signup",
            #"{"results":[{"source":"Google","conversion_rate":100.0}]}"#
        ),
        (
            "/breakdown?site_id=shop&\(range)&property=event:goal&metrics=visitors,conversion_rate",
            #"{"results":[{"goal":"Visit /pricing","visitors":2,"conversion_rate":66.67},"#
                + #"{"goal":"Signup","visitors":1,"conversion_rate":33.33}]}"#
        ),
        (
            "?site=shop&from=2026-01-05&to=2026-01-05&metrics=visitors&by=goal&filter=goal=@Visit",
            #"[{"event:goal":"Visit /pricing","visitors":2}]"#
        ),
    ]

    @Test func goalsOfASiteAreCounted() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            for goal in [#"{"event":"Signup"}"#, #"{"page":"/pricing"}"#] {
                #expect(try await shop.post(goal, to: "/api/v1/goals", key: shop.trusted).status == 201)
            }
            for (query, rows) in Self.counts {
                let body = #"{"site_id":"shop","date_range":["2026-01-05","2026-01-05"],\#(query)}"#
                let answer = try await shop.post(body, to: "/api/v2/query", key: shop.read)
                #expect(answer.body.hasPrefix(#"{"results":\#(rows),"#), "\(query) \(answer.body)")
            }
            for (question, results) in Self.statsCounts {
                let answer = try await shop.ask("/api/v1/stats\(question)")
                #expect(answer.body == results, "\(question) \(answer.body)")
            }
        }
    }

    @Test func pagesAreJoinedByTheRulesOfASite() async throws {
        try await CollectServer.with(settings: #"{"pages":["/pric*","/*g"]}"#) { shop in
            _ = try await shop.post(ExampleHistory.body, key: shop.trusted)
            let question = "site=shop&from=2026-01-05&to=2026-01-05&metrics=pageviews&by=page&format=csv"
            let answer = try await shop.ask("/api/v1/stats?\(question)")
            #expect(answer.body == "event:page,pageviews\r\n/,3\r\n/pric*,2\r\n/*g,1\r\n")
            let stats = try await shop.ask("/api/v1/stats/breakdown?site_id=shop&\(Self.range)&property=event:page")
            #expect(stats.body.contains(#"{"page":"/pric*","visitors":2}"#), "\(stats.body)")
            let query =
                #"{"site_id":"shop","metrics":["pageviews"],"#
                + #""date_range":["2026-01-05","2026-01-05"],"filters":[["is","event:page",["/*g"]]]}"#
            let filtered = try await shop.post(query, to: "/api/v2/query", key: shop.read).body
            #expect(filtered.hasPrefix(#"{"results":[{"metrics":[1],"dimensions":[]}]"#), "\(filtered)")
        }
    }
}
