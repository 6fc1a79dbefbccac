import Analytics
import NIOHTTP1
import Support
import Testing

/// The reports about one page and one event, `/s/{site}/page` and `/s/{site}/event`.
@Suite(.needsPostgres)
struct ReportPageTests {
    private static let day = "from=2026-01-05&to=2026-01-05"

    private struct Value: Decodable {
        let visitors: Int
    }

    private static func with(_ body: @Sendable (LoggedIn) async throws -> Void) async throws {
        try await LoggedIn.with(.viewer) { viewer in
            #expect(try await viewer.shop.post(ExampleHistory.body, key: viewer.shop.trusted).status == 200)
            try await body(viewer)
        }
    }

    private static let reports = [
        (
            "page?page=/pricing", "page==/pricing",
            ["visitors", "visits", "pageviews", "bounce_rate", "time_on_page", "scroll_depth"]
        ),
        (
            "page?page=%2F&filter=country==US,FR", "page==/&filter=country==US,FR",
            ["visitors", "visits", "pageviews", "bounce_rate", "time_on_page", "scroll_depth"]
        ),
        ("event?event=Signup", "event==Signup", ["visitors", "events", "visits", "visit_duration"]),
        ("event?event=pageview&tz=Asia/Tokyo", "event==pageview&tz=Asia/Tokyo", ["visitors", "events", "visits"]),
    ]

    @Test(arguments: reports)
    func hasTheNumbersOfTheInterface(target: String, filter: String, metrics: [String]) async throws {
        try await Self.with { viewer in
            let page = PageText(try await viewer.open("/s/shop/\(target)&\(Self.day)"))
            #expect(!page.text.contains("do not count"), "\(page.text)")
            let question = "/api/v1/stats?site=shop&\(Self.day)&filter=\(filter)"
            let list = metrics.joined(separator: ",")
            let rows = try await viewer.asked([[String: Double?]].self, "\(question)&metrics=\(list)")
            for metric in metrics {
                let expected = try #require(rows.first)[metric] ?? nil
                #expect(page.number(metric) == expected, "\(target) \(metric) \(page.text)")
            }
            let countries = try await viewer.asked([Value].self, "\(question)&metrics=visitors&by=country")
            #expect(page.rows(of: "locations").map { $0[1] } == countries.map { "\($0.visitors)" }, "\(target)")
        }
    }

    @Test func aPageHasThoseBeforeAndAfter() async throws {
        try await Self.with { viewer in
            let page = PageText(try await viewer.open("/s/shop/page?\(Self.day)&page=/pricing"))
            #expect(
                page.rows(of: "before").map { Array($0.prefix(2)) } == [["The visit begins here", "1"], ["/", "1"]]
            )
            #expect(page.rows(of: "after").map { Array($0.prefix(2)) } == [["The visit ends here", "1"], ["/", "1"]])
            #expect(page.number("entries") == 1 && page.number("exits") == 1)
            // A filter by a country stays on the report, and the whole list has the page as a filter.
            let state = "from=2026-01-05&amp;to=2026-01-05"
            #expect(
                page.text.contains("href=\"/s/shop/page?\(state)&amp;filter=country==DE&amp;page=%2Fpricing\""),
                "\(page.text)"
            )
            #expect(page.text.contains("href=\"/s/shop/list/country?\(state)&amp;filter=page==%2Fpricing\""))
        }
    }

    @Test func anEventHasItsPropertiesWithTheirValues() async throws {
        try await Self.with { viewer in
            let events = [
                #"{"plan":"basic","seats":3}"#, #"{"plan":"pro","gone":null,"empty":""}"#, #"{"seats":3}"#, "{}",
            ]
            let hits = events.enumerated().map { place, props in
                #"{"user":"u\#(place)","timestamp":"2026-01-05T12:00:00Z","name":"Signup","props":\#(props)}"#
            }
            let shop = viewer.shop
            #expect(try await shop.post("[\(hits.joined(separator: ","))]", key: shop.trusted).status == 200)
            let page = PageText(try await viewer.open("/s/shop/event?\(Self.day)&event=Signup"))
            let headings = page.text.matches(of: #/<h3><bdi>([a-z]+)</bdi></h3><span class="hint">(\d+) events/#)
            #expect(headings.map { "\($0.1) \($0.2)" } == ["plan 3", "seats 2"], "\(page.text)")
            for (place, name) in ["plan", "seats"].enumerated() {
                let question = "/api/v1/stats?site=shop&\(Self.day)&filter=event==Signup&by=prop.\(name)"
                let values = try await viewer.asked([Value].self, "\(question)&metrics=visitors")
                let rows = page.rows(of: "property-\(place + 1)")
                #expect(rows.map { $0[1] } == values.map { "\($0.visitors)" }, "\(rows)")
            }
            let filtered = "\(Self.day)&event=Signup&filter=prop.plan==basic"
            let basic = PageText(try await viewer.open("/s/shop/event?\(filtered)"))
            #expect(basic.number("events") == 1 && basic.rows(of: "property-1").count == 1, "\(basic.text)")
        }
    }

    @Test func listsLeadToReports() async throws {
        try await Self.with { viewer in
            let pages = try await viewer.open("/s/shop/list/top?\(Self.day)&filter=country==DE").body
            let state = "from=2026-01-05&amp;to=2026-01-05&amp;filter=country==DE"
            #expect(pages.contains("href=\"/s/shop/page?\(state)&amp;page=%2Fpricing\""), "\(pages)")
            let events = try await viewer.open("/s/shop/list/name?\(Self.day)").body
            #expect(events.contains("href=\"/s/shop/event?from=2026-01-05&amp;to=2026-01-05&amp;event=Signup\""))
            let countries = try await viewer.open("/s/shop/list/country?\(Self.day)").body
            #expect(!countries.contains(">Report<"))
        }
    }

    @Test func withoutASubjectThereAreThoseToChoose() async throws {
        try await Self.with { viewer in
            for (kind, name, encoded) in [("page", "/pricing", "%2Fpricing"), ("event", "Signup", "Signup")] {
                let page = PageText(try await viewer.open("/s/shop/\(kind)?\(Self.day)"))
                #expect(page.rows(of: "choice").compactMap(\.first).contains(name), "\(page.text)")
                let form = "action=\(kind)&query=period%3Dall&\(kind)=\(name)"
                let sent = try await viewer.send("/s/shop/\(kind)", form)
                #expect(sent["Location"] == "/s/shop/\(kind)?period=all&\(kind)=\(encoded)", "\(sent)")
                let none = try await viewer.open("/s/shop/\(kind)?\(Self.day)&\(kind)=none")
                #expect(none.status == 200 && none.body.contains("No hit of this \(kind)"), "\(none.body)")
            }
        }
    }

    /// Properties may tell about persons.
    @Test func aPublicSiteTellsNoProperties() async throws {
        try await CollectServer.with(settings: #"{"public":true}"#) { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let page = try await shop.server.ask(.GET, "/s/shop/event?\(Self.day)&event=Signup")
            #expect(page.status == 200 && PageText(page).number("events") == 1, "\(page.body)")
            #expect(page.body.contains("for those who have a role") && !page.body.contains("property-1"))
            let asked = try await shop.server.ask(.GET, "/s/shop/event?\(Self.day)&event=Signup&filter=prop.plan==pro")
            #expect(asked.status == 403)
            #expect(try await shop.server.ask(.GET, "/s/shop/funnel?step=page:/&step=page:/pricing").status == 200)
        }
    }
}
