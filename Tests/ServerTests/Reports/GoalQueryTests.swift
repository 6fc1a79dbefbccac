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
}
