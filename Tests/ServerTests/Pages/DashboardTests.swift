import Analytics
import FoundationEssentials
import NIOHTTP1
import Support
import Testing

/// The first page of a site, `/s/{site}`.
@Suite(.needsPostgres)
struct DashboardTests {
    private static let day = "from=2026-01-05&to=2026-01-05"
    private static let metrics = [
        "visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration",
    ]

    /// Questions that the page and `GET /api/v1/stats` answer alike.
    private static let questions = [
        day, "from=2026-01-01&to=2026-01-31", "period=month&date=2026-01-31", "period=lastyear&date=2027-06-01",
        "period=all", "\(day)&filter=country==DE", "\(day)&filter=country!=US,DE", "\(day)&filter=source==Google",
        "\(day)&filter=prop.plan==pro%2Cx,pro", "\(day)&filter=entry==/&filter=browser=@F", "\(day)&tz=Asia/Kathmandu",
        "period=day&date=2026-01-05&filter=event==Signup",
    ]

    private struct Browser {
        let shop: CollectServer
        let cookie: String

        func ask(_ target: String) async throws -> HTTPAnswer {
            try await shop.server.ask(.GET, target, ["Cookie": cookie])
        }
    }

    private static func with(
        _ role: Role = .viewer,
        zone: String = "UTC",
        _ body: @Sendable (Browser) async throws -> Void
    ) async throws {
        try await CollectServer.with(zone: zone) { shop in
            let cookie = try await shop.server.database.addLogin(role)
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            try await body(Browser(shop: shop, cookie: cookie))
        }
    }

    @Test func hasTheNumbersOfTheInterface() async throws {
        try await Self.with { browser in
            for question in Self.questions {
                let page = try await browser.ask("/s/shop?\(question)")
                #expect(page.status == 200 && !page.body.contains("do not count"), "\(question) \(page.body)")
                let list = Self.metrics.joined(separator: ",")
                let answer = try await browser.shop.ask("/api/v1/stats?site=shop&\(question)&metrics=\(list)")
                let rows = try JSONDecoder().decode([[String: Double?]].self, from: Data(answer.body.utf8))
                for metric in Self.metrics {
                    let expected = try #require(rows.first)[metric] ?? nil
                    #expect(PageText(page).number(metric) == expected, "\(question) \(metric)")
                }
            }
        }
    }

    @Test func rowsAreLinksToTheirFilters() async throws {
        try await Self.with { browser in
            let page = try await browser.ask("/s/shop?\(Self.day)&pages=exit&filter=country==DE")
            #expect(
                page.body.contains("&amp;filter=country==DE&amp;filter=exit==%2Fpricing&amp;pages=exit\""),
                "\(page.body)"
            )
            #expect(page.body.contains("Germany"))
            // The pill has a link without its filter.
            #expect(page.body.contains("href=\"/s/shop?from=2026-01-05&amp;to=2026-01-05&amp;pages=exit\""))
        }
    }

    /// The list of countries has nine rows, the map above it all of them.
    @Test func theMapHasItsCountries() async throws {
        try await Self.with { browser in
            let page = try await browser.ask("/s/shop?\(Self.day)")
            #expect(
                page.body.contains("<div class=\"world\"") && page.body.contains("<title>Germany: "),
                "\(page.body)"
            )
            let cities = try await browser.ask("/s/shop?\(Self.day)&locations=city")
            #expect(cities.status == 200 && !cities.body.contains("<div class=\"world\""))
        }
    }

    private static let faultyQuestions: [(question: String, notice: String)] = [
        ("period=soon", "period: "), ("date=2026-13-77", "period: "), ("from=2026-01-02", "from: "),
        ("tz=No/Where", "tz: "), ("filter=country", "filter: "), ("\(day)&filter=page=~(", "filter: "),
        ("filter=goal==None", "filter: "), ("segment=7", "segment: "), ("segment=x", "segment: "),
        ("pages=all", "pages: "),
        ("colour=red", "colour: "), ("from=1970-01-01&to=2026-01-05", "period: "), ("%FF=1", "%FF: "),
        ("filter=page==%FF", "filter: "),
        ("from=2026-02-31&to=2026-03-31", ""), (String(repeating: "filter=page==a&filter=page==b&", count: 60), ""),
        ((0..<60).map { "filter=page==\($0)" }.joined(separator: "&"), "filter: "),
    ]

    /// What cannot be read shows the default and says so, with no error.
    @Test func saysWhatDoesNotCount() async throws {
        try await Self.with { browser in
            for (question, notice) in Self.faultyQuestions {
                let page = try await browser.ask("/s/shop?\(question)")
                #expect(page.status == 200, "\(question) \(page.body)")
                #expect(
                    notice.isEmpty || page.body.contains("<span class=\"line\">\(notice)"),
                    "\(question) \(page.body)"
                )
            }
        }
    }

    @Test func withoutHitsThereIsTheWayToTheSnippetForMembers() async throws {
        try await CollectServer.with { shop in
            for (role, mayInstall) in [(Role.viewer, false), (.member, true)] {
                let browser = Browser(shop: shop, cookie: try await shop.server.database.addLogin(role))
                let page = try await browser.ask("/s/shop")
                #expect(page.status == 200 && page.body.contains("Nothing has been counted yet"), "\(page)")
                #expect(page.body.contains("\"/s/shop/settings/snippet\"") == mayInstall)
            }
        }
    }

    @Test func othersDoNotSeeIt() async throws {
        try await Self.with { browser in
            let stranger = try await browser.shop.server.ask(.GET, "/s/shop")
            #expect(stranger.status == 303)
            let unknown = try await browser.ask("/s/none")
            #expect(unknown.status == 404)
        }
    }

    /// Of dates whose hits are dropped there are totals alone.
    @Test func showsTotalsWhereHitsAreNotKept() async throws {
        try await Self.with { browser in
            try await browser.shop.server.database.run(
                """
                INSERT INTO total_span (site_id, zone, since, counted, until)
                SELECT id, zone, '-infinity', '2026-01-05Z', '2026-01-05Z' FROM site WHERE name = 'shop';
                INSERT INTO day_total SELECT id, zone, '2026-01-04', 2, 2, 3, 4, 1, 60000, 3, 4, 1, true
                  FROM site WHERE name = 'shop'
                """
            )
            let page = try await browser.ask("/s/shop?from=2026-01-04&to=2026-01-05")
            #expect(page.status == 200 && page.body.contains("before 2026-01-05 are not kept"), "\(page.body)")
            #expect(PageText(page).number("pageviews") == 9, "\(page.body)")
            #expect(PageText(page).number("visitors") == nil)
        }
    }
}
