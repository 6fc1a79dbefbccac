import Analytics
import HTTP
import NIOHTTP1
import Schema
import Server
import Support
import Testing
import Web

/// Share links with a password.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct SharePasswordPageTests {
    private static let day = "from=2026-01-05&to=2026-01-05"
    private static let password = TestDatabase.cheapPassword

    /// The paths of the pages and files of a link.
    private static func paths(_ share: String) -> [String] {
        [
            "", "/list/top", "/list/top.csv", "/list/top.json", "/numbers.csv", "/series.json", "/week.csv",
            "/card/numbers", "/card/series", "/card/series.svg",
        ].map { "/share/\(share)\($0)?\(day)" }
    }

    /// Lends a server with hits and a link that has a password, and one that has none.
    private func with(
        settings: String = "{}",
        _ serverSettings: ServerSettings = ServerSettings(),
        _ body: @Sendable (CollectServer, _ guarded: String, _ open: String) async throws -> Void
    ) async throws {
        try await CollectServer.with(settings: settings, serverSettings) { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let guarded = try await shop.database.addGuardedShare(to: "shop")
            let open = try await shop.database.addShare(to: "shop")
            try await shop.waitForLinks(open)
            try await body(shop, guarded, open)
        }
    }

    private func enter(_ browser: TestBrowser, _ share: String, _ password: String, next: String = "") async throws
        -> HTTPAnswer
    {
        try await browser.send("/share/\(share)/password", ["password": password, "next": next])
    }

    @Test func nothingIsShownWithoutThePassword() async throws {
        try await with { shop, share, open in
            for path in Self.paths(share) {
                let page = try await shop.server.ask(.GET, path)
                #expect(page.status == 401 && page["Cache-Control"] == "no-store", "\(path) \(page.status)")
                #expect(page["Content-Type"] == "text/html; charset=utf-8" && page["ETag"] == nil, "\(path)")
                #expect(page.body.contains("type=\"password\"") && !page.body.contains("shop"), "\(page.body)")
                let next = path.replacing("&", with: "&amp;")
                #expect(page.body.contains("name=\"next\" value=\"\(next)\""), "\(page.body)")
                #expect(page.body.contains("action=\"/share/\(share)/password\""), "\(page.body)")
            }
            for path in Self.paths(open) {
                #expect(try await shop.server.ask(.GET, path).status == 200, "\(path)")
            }
            // Nor does a form of the dashboard answer.
            let form = try await TestBrowser(shop.server).send("/share/\(share)", ["action": "none"])
            #expect(form.status == 401 && form.body.contains("type=\"password\""), "\(form.body)")
        }
    }

    @Test func theQuestionIsNoUseOfTheLink() async throws {
        try await withDatabase(.postgres) { database in
            let share = try await database.addGuardedShare(to: "default")
            try await RunningServer.with(database) { server in
                let page = try await server.ask(.GET, "/share/\(share)")
                #expect(page.status == 401)
            }
            try await database.run("DO $$ BEGIN ASSERT (SELECT used_at IS NULL FROM share); END $$")
        }
    }

    @Test func thePasswordOpensAllPagesOfItsLink() async throws {
        try await with { shop, share, _ in
            let other = try await shop.database.addGuardedShare(to: "shop")
            try await eventually { try await shop.server.ask(.GET, "/share/\(other)").status == 401 }
            let browser = TestBrowser(shop.server)
            let path = "/share/\(share)/list/top?\(Self.day)"
            let wrong = try await enter(browser, share, "Correct horse battery", next: path)
            #expect(wrong.status == 401 && wrong.body.contains("The password is wrong."), "\(wrong.body)")
            #expect(wrong.body.contains(path.replacing("&", with: "&amp;")) && browser.cookie == nil)
            let right = try await enter(browser, share, Self.password, next: path)
            #expect(right.status == 303 && right["Location"] == path, "\(right)")
            let cookie = try #require(right["Set-Cookie"])
            #expect(cookie.hasPrefix("hourglass-share="))
            for part in ["; Path=/share/\(share);", "; Max-Age=2592000;", "; HttpOnly;", "; SameSite=Lax"] {
                #expect(cookie.contains(part), "\(cookie)")
            }
            for path in Self.paths(share) { #expect(try await browser.open(path).status == 200, "\(path)") }
            let page = try await browser.open("/share/\(share)?\(Self.day)")
            #expect(PageText(page).number("pageviews") == 6, "\(page.body)")
            // The API does not take the link, so no page leads there.
            let list = try await browser.open("/share/\(share)/list/top?\(Self.day)")
            #expect(!page.body.contains("share=\(share)") && !list.body.contains("share=\(share)"))
            // The same proof opens no other link.
            #expect(try await browser.open("/share/\(other)").status == 401)
        }
    }

    @Test(arguments: ["//evil.example/", "https://evil.example/", "/login", "/share/other", "/\\evil", ""])
    func itLeadsToItsOwnPagesAlone(next: String) async throws {
        try await with { shop, share, open in
            let target = next.replacing("other", with: "\(share)x")
            let answer = try await enter(TestBrowser(shop.server), share, Self.password, next: target)
            #expect(answer.status == 303 && answer["Location"] == "/share/\(share)", "\(answer)")
            // A link without a password needs none.
            let free = try await enter(TestBrowser(shop.server), open, "", next: "/share/\(open)/list/top")
            #expect(free.status == 303 && free["Location"] == "/share/\(open)/list/top" && free["Set-Cookie"] == nil)
            let shown = try await shop.server.ask(.GET, "/share/\(share)/password")
            #expect(shown.status == 303 && shown["Location"] == "/share/\(share)")
            #expect(try await shop.server.ask(.GET, "/share/none/password").status == 404)
            #expect(try await enter(TestBrowser(shop.server), "none", "x").status == 404)
        }
    }

    @Test func anotherPasswordEndsTheProofs() async throws {
        try await with { shop, share, _ in
            let browser = TestBrowser(shop.server)
            #expect(try await enter(browser, share, Self.password).status == 303)
            #expect(try await browser.open("/share/\(share)").status == 200)
            let kept = try #require(browser.cookie)
            try await shop.database.run("SELECT set_share_password(id, password || 'A') FROM share WHERE password > ''")
            try await eventually { try await browser.open("/share/\(share)").status == 401 }
            try await shop.database.run("SELECT set_share_password(id, NULL) FROM share WHERE password > ''")
            try await eventually { try await shop.server.ask(.GET, "/share/\(share)").status == 200 }
            try await shop.database.run("SELECT set_share_password(1, '\(TestDatabase.cheapHash)')")
            // The same hash has the same key.
            try await eventually { try await shop.server.ask(.GET, "/share/\(share)").status == 401 }
            #expect(try await shop.server.ask(.GET, "/share/\(share)", ["Cookie": "x=y; \(kept)"]).status == 200)
            for bad in ["hourglass-share=", "hourglass-share=1.1", kept + "A", String(kept.dropLast(2))] {
                #expect(try await shop.server.ask(.GET, "/share/\(share)", ["Cookie": bad]).status == 401, "\(bad)")
            }
            // Another application of the host may have set a cookie of this name.
            let two: HTTPHeaders = ["Cookie": "hourglass-share=other; \(kept)"]
            #expect(try await shop.server.ask(.GET, "/share/\(share)", two).status == 200)
            try await shop.database.run("SELECT revoke_share(1)")
            try await eventually { try await browser.open("/share/\(share)").status == 404 }
        }
    }

    @Test func attemptsAreLimited() async throws {
        try await with { shop, share, _ in
            let browser = TestBrowser(shop.server)
            var answers: [HTTPAnswer] = []
            while answers.count < 12, answers.last?.status != 429 {
                answers.append(try await enter(browser, share, "wrong wrong wrong"))
            }
            #expect(answers.count > 5 && answers.dropLast().allSatisfy { $0.status == 401 })
            let last = try #require(answers.last)
            #expect(last.status == 429 && last.body.contains("Try again in"), "\(last)")
            #expect((last["Retry-After"].flatMap { Int($0) } ?? 0) > 0)
            #expect(last.body.contains("type=\"password\"") && !last.body.contains("shop"))
            #expect(browser.cookie == nil)
        }
    }

    @Test(arguments: ["cross-site", "same-site", "none"])
    func formsOfOtherPagesAreRefused(site: String) async throws {
        try await with { shop, share, _ in
            let browser = TestBrowser(shop.server)
            let form = ["password": Self.password, "next": "/share/\(share)"]
            let answer = try await browser.send("/share/\(share)/password", form, from: site)
            #expect(answer.status == 403 && browser.cookie == nil)
        }
    }

    /// Behind TLS the cookie is sent in frames, each of which has its own for the site around it.
    @Test func framesMayAskForThePassword() async throws {
        var settings = ServerSettings()
        settings.publicURL = ServerAddress("https://stats.example.org/base")
        try await with(settings: #"{"origins":["https://blog.example"]}"#, settings) { shop, share, _ in
            let path = "/base/share/\(share)/card/series"
            for (destination, ancestors) in [("iframe", "https://blog.example"), ("document", "'none'")] {
                let page = try await shop.server.ask(.GET, path, ["Sec-Fetch-Dest": destination])
                #expect(page.status == 401)
                let policy = try #require(page["Content-Security-Policy"])
                #expect(policy.contains("frame-ancestors \(ancestors);"), "\(policy)")
                #expect(page.body.contains("name=\"next\" value=\"/share/\(share)/card/series\""), "\(page.body)")
            }
            let browser = TestBrowser(shop.server)
            let form = ["password": Self.password, "next": "/share/\(share)/card/series"]
            let right = try await browser.send("/base/share/\(share)/password", form)
            #expect(right["Location"] == path, "\(right)")
            let cookie = try #require(right["Set-Cookie"])
            #expect(cookie.hasPrefix("__Secure-hourglass-share="))
            #expect(
                cookie.contains("; Path=/base/share/\(share); HttpOnly; SameSite=None; Secure; Partitioned"),
                "\(cookie)"
            )
            let card = try await browser.open(path)
            #expect(card.status == 200)
            #expect(card["Content-Security-Policy"]?.contains("frame-ancestors https://blog.example;") == true)
        }
    }

    @Test func theInterfaceTakesNoLinkWithAPassword() async throws {
        try await with { shop, share, _ in
            let browser = TestBrowser(shop.server)
            #expect(try await enter(browser, share, Self.password).status == 303)
            let reason = "the link has a password, which only its pages ask for"
            for target in [
                "/api/v1/stats?site=shop", "/api/v1/stats/aggregate?site_id=shop", "/analytics?timestamp=1767607200",
                "/api/v1/realtime?site=shop", "/api/public/visits?site=shop", "/api/v1/get-metrics/shop?x=1",
            ] {
                let answer = try await browser.ask(.GET, "\(target)&share=\(share)")
                #expect(
                    answer.status == 401 && answer.body.contains(reason),
                    "\(target) \(answer.status) \(answer.body)"
                )
            }
        }
    }
}
