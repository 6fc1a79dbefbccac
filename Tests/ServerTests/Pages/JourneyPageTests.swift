import Analytics
import Support
import Testing

/// The pages of funnels, retention and paths, `/s/{site}/funnel`, `retention` and `paths`.
@Suite(.needsPostgres)
struct JourneyPageTests {
    private static let day = "from=2026-01-05&to=2026-01-05"
    private static let range = #""site_id":"shop","date_range":["2026-01-05","2026-01-05"]"#

    private struct Funnel: Decodable {
        struct Step: Decodable {
            let visitors: Int
            let conversion_rate: Double?
            let conversion_rate_step: Double?
            let dropoff: Int
        }

        let results: [Step]
    }

    private struct Cohorts: Decodable {
        struct Cohort: Decodable {
            let visitors: Int
            let returned: [Int]
            let rates: [Double?]
        }

        let results: [Cohort]
    }

    private struct Paths: Decodable {
        struct Count: Decodable { let visits: Int }
        struct Page: Decodable {
            let page: String
            let visits: Int
        }
        struct Previous: Decodable {
            let entries: Count
            let pages: [Page]
        }
        struct Next: Decodable {
            let exits: Count
            let pages: [Page]
        }
        struct Results: Decodable {
            let visits: Int
            let previous: Previous
            let next: Next
        }

        let results: Results
    }

    private static func with(
        _ role: Role = .viewer,
        _ body: @Sendable (LoggedIn) async throws -> Void
    ) async throws {
        try await LoggedIn.with(role) { viewer in
            let shop = viewer.shop
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            #expect(try await shop.post(#"{"event":"Signup"}"#, to: "/api/v1/goals", key: shop.trusted).status == 201)
            try await body(viewer)
        }
    }

    /// The number at the beginning of a cell; nil for a dash.
    private static func number(_ cell: String) -> Double? { Double(cell.prefix { $0 != " " }) }

    private static let funnels = [
        (
            "step=page:/&step=page:/pric*&step=goal:Signup",
            #""steps":[{"page":"/"},{"page":"/pric*"},{"goal":"Signup"}]"#
        ),
        (
            "step=page:%2Fpricing&step=event:Signup&within=1",
            #""steps":[{"page":"/pricing"},{"event":"Signup"}],"within":{"days":1}"#
        ),
        (
            "step=page:/&step=event:Download&within=visit&filter=country==DE,US",
            #""steps":[{"page":"/"},{"event":"Download"}],"filters":[["is","visit:country",["DE","US"]]]"#
        ),
    ]

    @Test(arguments: funnels)
    func aFunnelHasTheNumbersOfTheInterface(question: String, document: String) async throws {
        try await Self.with { viewer in
            let page = PageText(try await viewer.open("/s/shop/funnel?\(Self.day)&\(question)"))
            let answer = try await viewer.asked(Funnel.self, "/api/v1/funnels/query", "{\(Self.range),\(document)}")
            let rows = page.rows(of: "funnel")
            #expect(rows.count == answer.results.count && !page.text.contains("do not count"), "\(page.text)")
            for (place, (row, step)) in zip(rows, answer.results).enumerated() {
                #expect(row.count == 6)
                let numbers = row.map(Self.number)
                #expect(numbers[1] == Double(step.visitors), "\(row)")
                #expect(numbers[2] == step.conversion_rate, "\(row)")
                if place > 0 {
                    #expect(numbers[3] == step.conversion_rate_step, "\(row)")
                    #expect(numbers[4] == Double(step.dropoff), "\(row)")
                }
            }
        }
    }

    @Test func stepsAreChangedByAFormAndByLinks() async throws {
        try await Self.with { viewer in
            let query = "query=period%3D28d%26filter%3Dcountry%3D%3DDE"
            let form =
                "action=steps&\(query)&kind1=page&value1=%2F&kind2=goal&value2=&kind3=event&value3=Signup&within=7"
            let answer = try await viewer.send("/s/shop/funnel", form)
            #expect(answer.status == 303)
            let location = try #require(answer["Location"])
            #expect(
                location
                    == "/s/shop/funnel?period=28d&filter=country==DE&step=page%3A%2F&step=event%3ASignup&within=7"
            )
            let page = try await viewer.open(location).body
            let question = "/s/shop/funnel?period=28d&amp;filter=country==DE"
            // The second step before the first, one step less, and one of a goal more.
            for rest in [
                "&amp;step=event%3ASignup&amp;step=page%3A%2F&amp;within=7", "&amp;step=event%3ASignup&amp;within=7",
                "&amp;step=page%3A%2F&amp;step=event%3ASignup&amp;step=goal%3ASignup&amp;within=7",
            ] { #expect(page.contains("href=\"\(question)\(rest)"), "\(rest)\n\(page)") }
            // The forms above the numbers keep the steps.
            let dates = "action=dates&query=step%3Dpage%253A%252F&from=2026-01-05&to=2026-01-05"
            let dated = try await viewer.send("/s/shop/funnel", dates)
            #expect(dated["Location"] == "/s/shop/funnel?from=2026-01-05&to=2026-01-05&step=page%3A%2F")
            #expect(try await viewer.send("/s/shop/funnel", "action=none").status == 400)
        }
    }

    @Test func stepsThatAreNoneAreMarked() async throws {
        try await Self.with { viewer in
            let page = try await viewer.open("/s/shop/funnel?step=page:pricing&step=goal:None&step=event:Signup").body
            #expect(page.contains("id=\"value1-error\"") && page.contains("id=\"value2-error\""), "\(page)")
            #expect(!page.contains("id=\"value3-error\"") && !page.contains("id=\"funnel\""))
        }
    }

    @Test func cohortsHaveTheNumbersOfTheInterface() async throws {
        try await LoggedIn.with(.viewer, zone: "Pacific/Auckland") { viewer in
            let hits = [
                #"{"user":"ann","timestamp":"2026-01-05T10:00:00Z"}"#,
                #"{"user":"ann","timestamp":"2026-01-05T12:00:00Z"}"#,
                #"{"user":"bob","timestamp":"2026-01-06T12:00:00Z"}"#, #"{"timestamp":"2026-01-06T12:00:00Z"}"#,
            ]
            let shop = viewer.shop
            #expect(try await shop.post("[\(hits.joined(separator: ","))]", key: shop.trusted).status == 200)
            for unit in ["day", "week", "week:sunday", "month"] {
                let target = "/s/shop/retention?from=2026-01-01&to=2026-01-31&unit=\(unit)"
                let page = PageText(try await viewer.open(target))
                let document = #"{"site_id":"shop","date_range":["2026-01-01","2026-01-31"],"cohort":"\#(unit)"}"#
                let answer = try await viewer.asked(Cohorts.self, "/api/v1/retention/query", document)
                let expected = answer.results.map { cohort in
                    let cells = zip(cohort.returned, cohort.rates).map { count, rate in
                        rate.map { "\($0) \(count)" } ?? "–"
                    }
                    return ["\(cohort.visitors)"] + cells
                }
                let rows = page.rows(of: "cohorts").map { Array($0.dropFirst()).filter { !$0.isEmpty } }
                #expect(rows == expected, "\(unit) \(page.text)")
            }
            // Without a unit there are days.
            let days = PageText(try await viewer.open("/s/shop/retention?from=2026-01-05&to=2026-01-07"))
            #expect(days.rows(of: "cohorts").count == 3, "\(days.text)")
            let many = try await viewer.open("/s/shop/retention?from=2025-01-01&to=2026-01-31&unit=day")
            #expect(many.status == 200 && many.body.contains("more than 60 cohorts"), "\(many.body)")
        }
    }

    @Test(arguments: ["/", "/pricing", "/*", "/blog"])
    func pathsHaveTheNumbersOfTheInterface(asked: String) async throws {
        try await Self.with { viewer in
            let page = PageText(try await viewer.open("/s/shop/paths?\(Self.day)&page=\(asked)"))
            let document = #"{\#(Self.range),"page":"\#(asked)"}"#
            let results = try await viewer.asked(Paths.self, "/api/v1/paths/query", document).results
            let (before, after) = (page.rows(of: "before"), page.rows(of: "after"))
            let previous = [results.previous.entries.visits] + results.previous.pages.map(\.visits)
            let next = [results.next.exits.visits] + results.next.pages.map(\.visits)
            #expect(before.map { $0[1] } == previous.map { "\($0)" }, "\(page.text)")
            #expect(after.map { $0[1] } == next.map { "\($0)" }, "\(page.text)")
            #expect(before.dropFirst().map { $0[0] } == results.previous.pages.map(\.page))
            #expect(after.dropFirst().map { $0[0] } == results.next.pages.map(\.page))
        }
    }

    @Test func withoutAPageThereAreThoseToChoose() async throws {
        try await Self.with { viewer in
            let page = PageText(try await viewer.open("/s/shop/paths?\(Self.day)&filter=country==FR"))
            #expect(Set(page.rows(of: "choice").compactMap(\.first)) == ["/", "/pricing"], "\(page.text)")
            let link = "/s/shop/paths?from=2026-01-05&amp;to=2026-01-05&amp;filter=country==FR&amp;page=%2Fpricing"
            #expect(page.text.contains("href=\"\(link)\""), "\(page.text)")
            let form = "action=page&query=filter%3Dcountry%3D%3DFR&page=%2Fpricing"
            let sent = try await viewer.send("/s/shop/paths", form)
            #expect(sent["Location"] == "/s/shop/paths?filter=country==FR&page=%2Fpricing", "\(sent)")
        }
    }

    private static let targets: [(target: String, notice: String)] = [
        ("funnel?step=x", "step: "), ("funnel?step=page:", "step: "), ("funnel?within=200", "within: "),
        ("funnel?\((1...9).map { "step=page:/\($0)" }.joined(separator: "&"))", "step: "),
        ("funnel?step=page:/a&step=page:/b&tz=No/Where", "tz: "), ("retention?unit=hour", "unit: "),
        ("retention?tz=No/Where", "tz: "), ("retention?from=2026-01-05&to=2026-01-05&filter=page=~(", "filter: "),
        ("retention?metric=x", "metric: "),
        ("paths?period=soon", "period: "), ("paths?page=/&filter=goal==None", "filter: "), ("paths?page=%FF", ""),
        ("paths?from=1970-01-01&to=2026-01-05", "period: "), ("funnel?colour=red", "colour: "), ("funnel", ""),
        ("retention?period=all", ""), ("paths?page=/none", ""), ("funnel?step=page:/%00&step=event:%00", ""),
    ]

    /// What cannot be read is left out, and named.
    @Test func saysWhatDoesNotCount() async throws {
        try await Self.with { viewer in
            for (target, notice) in Self.targets {
                let page = try await viewer.open("/s/shop/\(target)")
                #expect(page.status == 200, "\(target) \(page.body)")
                #expect(
                    notice.isEmpty || page.body.contains("<span class=\"line\">\(notice)"),
                    "\(target) \(page.body)"
                )
            }
        }
    }
}
