import HTTP
import Support
import Testing

/// Funnels, retention and paths of a history that can be counted by hand.
@Suite(.needsPostgres)
struct JourneyTests {
    struct Case: Sendable {
        let path: String
        /// The members besides the site and the day.
        let question: String
        /// The results, as JSON.
        let results: String
        /// The end of the answer: the members of the question.
        let echo: String
    }

    private static let day = #""site_id":"shop","date_range":["2026-01-05","2026-01-05"]"#
    private static let pricing =
        #"{"label":"Visit /pricing","visitors":2,"conversion_rate":100.0,"#
        + #""conversion_rate_step":100.0,"dropoff":0,"dropoff_percentage":0.0,"median_time":null,"average_time":null}"#

    private static let cases: [Case] = [
        Case(
            path: "/api/v1/funnels/query",
            question: #""steps":[{"page":"/"},{"page":"/pric*"},{"goal":"Signup"}]"#,
            results: #"[{"label":"Visit /","visitors":3,"conversion_rate":100.0,"conversion_rate_step":100.0,"#
                + #""dropoff":0,"dropoff_percentage":0.0,"median_time":null,"average_time":null},"#
                + #"{"label":"Visit /pric*","visitors":1,"conversion_rate":33.33,"conversion_rate_step":33.33,"#
                + #""dropoff":2,"dropoff_percentage":66.67,"median_time":240.0,"average_time":240.0},"#
                + #"{"label":"Signup","visitors":1,"conversion_rate":33.33,"conversion_rate_step":100.0,"#
                + #""dropoff":0,"dropoff_percentage":0.0,"median_time":90.0,"average_time":90.0}]"#,
            echo: #""steps":[{"page":"/"},{"page":"/pric*"},{"event":"Signup"}],"within":"visit"}}"#
        ),
        Case(
            path: "/api/v1/funnels/query",
            question: #""steps":[{"page":"/pricing"},{"event":"Signup","properties":{"plan":"basic"}}],"#
                + #""within":{"days":1}"#,
            results: #"[\#(pricing),{"label":"Signup","visitors":0,"conversion_rate":0.0,"conversion_rate_step":0.0,"#
                + #""dropoff":2,"dropoff_percentage":100.0,"median_time":null,"average_time":null}]"#,
            echo: #""steps":[{"page":"/pricing"},{"event":"Signup","properties":{"plan":"basic"}}],"#
                + #""within":{"days":1}}}"#
        ),
        Case(
            path: "/api/v1/funnels/query",
            question: #""steps":[{"page":"/"},{"event":"Download"}],"within":{"days":1},"#
                + #""filters":[["is","visit:country",["DE"]]]"#,
            results: #"[{"label":"Visit /","visitors":1,"conversion_rate":100.0,"conversion_rate_step":100.0,"#
                + #""dropoff":0,"dropoff_percentage":0.0,"median_time":null,"average_time":null},"#
                + #"{"label":"Download","visitors":0,"conversion_rate":0.0,"conversion_rate_step":0.0,"#
                + #""dropoff":1,"dropoff_percentage":100.0,"median_time":null,"average_time":null}]"#,
            echo: #""steps":[{"page":"/"},{"event":"Download"}],"within":{"days":1}}}"#
        ),
        Case(
            path: "/api/v1/retention/query",
            question: #""cohort":"day","start":{"page":"/","scroll":80}"#,
            results: #"[{"cohort":"2026-01-05","visitors":1,"returned":[],"rates":[]}]"#,
            echo: #""cohort":"day","start":{"page":"/","scroll":80}}}"#
        ),
        Case(
            path: "/api/v1/paths/query",
            question: #""page":"/pricing","pagination":{"limit":1}"#,
            results: #"{"visits":2,"pageviews":2,"previous":{"entries":{"visits":1,"pageviews":1},"#
                + #""pages":[{"page":"/","visits":1,"pageviews":1}],"total_rows":1},"#
                + #""next":{"exits":{"visits":1,"pageviews":1},"#
                + #""pages":[{"page":"/","visits":1,"pageviews":1}],"total_rows":1}}"#,
            echo: #""page":"/pricing","pagination":{"offset":0,"limit":1}}}"#
        ),
    ]

    @Test func answersAreWhatIsCountedByHand() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            #expect(try await shop.post(#"{"event":"Signup"}"#, to: "/api/v1/goals", key: shop.trusted).status == 201)
            for test in Self.cases {
                let body = "{\(Self.day),\(test.question)}"
                let answer = try await shop.post(body, to: test.path, key: shop.read)
                #expect(answer.status == 200, "\(answer.body)")
                #expect(
                    answer.body.hasPrefix(
                        #"{"results":\#(test.results),"meta":{"timezone":"UTC","visitors":"exact"},"#
                            + #""query":{"site_id":"shop","date_range":["2026-01-05T00:00:00Z","#
                    ),
                    "\(test.question) \(answer.body)"
                )
                #expect(answer.body.hasSuffix(test.echo), "\(answer.body)")
                #expect(answer["Analytics-As-Of"] != nil)
            }
        }
    }

    /// Visitors of a date do not come again, which the answer says.
    @Test func cohortsAreThoseOfTheZone() async throws {
        try await CollectServer.with(zone: "Pacific/Auckland") { shop in
            let hits = [
                #"{"user":"ann","timestamp":"2026-01-05T10:00:00Z"}"#,
                #"{"user":"ann","timestamp":"2026-01-05T12:00:00Z"}"#,
                #"{"user":"bob","timestamp":"2026-01-06T12:00:00Z"}"#, #"{"timestamp":"2026-01-06T12:00:00Z"}"#,
            ]
            #expect(try await shop.post("[\(hits.joined(separator: ","))]", key: shop.trusted).status == 200)
            let question = #"{"site_id":"shop","date_range":["2026-01-05","2026-01-07"],"cohort":"day"}"#
            let answer = try await shop.post(question, to: "/api/v1/retention/query", key: shop.read)
            #expect(
                answer.body.hasPrefix(
                    #"{"results":[{"cohort":"2026-01-05","visitors":1,"returned":[1,0],"rates":[100.0,0.0]},"#
                        + #"{"cohort":"2026-01-06","visitors":0,"returned":[0],"rates":[null]},"#
                        + #"{"cohort":"2026-01-07","visitors":1,"returned":[],"rates":[]}],"meta":"#
                        + #"{"timezone":"Pacific/Auckland","visitors":"exact","excluded":{"no_visitor":1}}"#
                ),
                "\(answer.body)"
            )
        }
    }

    private static let refusals: [(path: String, question: String, field: String, text: String)] = [
        ("funnels", #""steps":[{"page":"/"}]"#, "steps", "Expected 2 to 8 items but got 1."),
        (
            "funnels", #""steps":[{"page":"/"},{"goal":77}]"#, "steps",
            "#/steps/1/goal: the site has no goal with the id 77"
        ),
        (
            "funnels", #""steps":[{"page":"/"},{"goal":"x"}]"#, "steps",
            "#/steps/1/goal: the site has no goal of this name"
        ),
        (
            "retention", #""cohort":"day","return":{"goal":"x"}"#, "return",
            "#/return/goal: the site has no goal of this name"
        ),
        ("paths", #""page":"/","filters":[["is","event:goal",["x"]]]"#, "filters", "The goal `x` is not configured"),
        ("paths", #""page":"/","filters":[["matches","event:page",["("]]]"#, "filters", "not a regular expression"),
        ("paths", #""page":"/","timezone":"A/B""#, "timezone", "not a time zone"),
        ("retention", #""cohort":"hour""#, "cohort", "Expected"),
    ]

    @Test func faultyQuestionsAreRefused() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            for (path, question, field, text) in Self.refusals {
                let target = "/api/v1/\(path)/query"
                let answer = try await shop.post("{\(Self.day),\(question)}", to: target, key: shop.read)
                #expect(answer.status == 400, "\(question) \(answer.body)")
                #expect(answer.body.contains(#""field":"\#(field)""#), "\(question) \(answer.body)")
                #expect(answer.body.contains(text), "\(question) \(answer.body)")
            }
            let long = #"{"site_id":"shop","date_range":["2026-01-01","2026-03-02"],"cohort":"day"}"#
            let answer = try await shop.post(long, to: "/api/v1/retention/query", key: shop.read)
            #expect(answer.status == 400 && answer.body.contains("more than 60 cohorts"), "\(answer.body)")
            for path in ["funnels", "retention", "paths"] {
                let target = "/api/v1/\(path)/query"
                #expect(try await shop.post("[]", to: target, key: shop.read).status == 400)
                #expect(try await shop.post("{\(Self.day)}", to: target, key: shop.write).status == 400)
            }
        }
    }

    private static let questions = [
        ("funnels", #""steps":[{"page":"/"},{"page":"/pricing"}]"#, #""visitors":2,"#, #""visitors":3,"#),
        ("retention", #""cohort":"day""#, #""visitors":2,"#, #""visitors":3,"#),
        ("paths", #""page":"/""#, #""visits":2,"#, #""visits":3,"#),
    ]

    @Test func whoMayAskForReportsMayAsk() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let link = try await shop.database.addShare(#"[["is","visit:country",["DE","US"]]]"#, to: "shop")
            try await shop.waitForLinks(link)
            for (path, question, narrowed, whole) in Self.questions {
                let (target, body) = ("/api/v1/\(path)/query", "{\(Self.day),\(question)}")
                let linked = try await shop.post(body, to: "\(target)?share=\(link)")
                #expect(linked.status == 200 && linked.body.contains(narrowed), "\(linked.body)")
                #expect(linked.body.contains(#""filters":[["is","visit:country",["DE","US"]]]"#))
                #expect(try await shop.post(body, to: target, key: shop.read).body.contains(whole))
                #expect(try await shop.post(body, to: target).status == 401)
                #expect(try await shop.post(body, to: target, key: shop.other).status == 403)
            }
        }
    }

    @Test func aPublicSiteTellsNothingByProperties() async throws {
        try await CollectServer.with(settings: #"{"public":true}"#) { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            for (path, question, _, whole) in Self.questions {
                let answer = try await shop.post("{\(Self.day),\(question)}", to: "/api/v1/\(path)/query")
                #expect(answer.status == 200 && answer.body.contains(whole), "\(answer.body)")
            }
            let property = #"{"event":"Signup","properties":{"plan":"pro"}}"#
            for (path, question, field) in [
                ("funnels", #""steps":[{"page":"/"},\#(property)]"#, "steps"),
                ("retention", #""cohort":"day","return":\#(property)"#, "return"),
                ("paths", #""page":"/","filters":[["is","event:props:plan",["pro"]]]"#, "filters"),
            ] {
                let target = "/api/v1/\(path)/query"
                let refused = try await shop.post("{\(Self.day),\(question)}", to: target)
                #expect(refused.status == 403 && refused.body.contains(#""field":"\#(field)""#), "\(refused.body)")
                #expect(try await shop.post("{\(Self.day),\(question)}", to: target, key: shop.read).status == 200)
            }
        }
    }
}
