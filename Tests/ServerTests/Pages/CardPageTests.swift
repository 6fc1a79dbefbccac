import Analytics
import NIOHTTP1
import Support
import Testing
import Web

/// Cards of share links for frames, and the tags of pages.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct CardPageTests {
    private static let day = "from=2026-01-05&to=2026-01-05"

    @Test func everyCardStandsAlone() async throws {
        try await CollectServer.with(settings: #"{"origins":["https://blog.example"]}"#) { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let share = try await shop.database.addShare(to: "shop")
            try await shop.waitForLinks(share)
            for panel in DashboardPanel.all where panel != .list(.goal) {
                let path = "/share/\(share)/card/\(panel.name)?\(Self.day)&theme=dark"
                let page = try await shop.server.ask(.GET, path)
                #expect(page.status == 200 && page.body.contains("class=\"card"), "\(panel) \(page.body)")
                #expect(page.body.contains("<html lang=\"en\" data-theme=\"dark\">"))
                #expect(!page.body.contains("<header") && !page.body.contains("<script"), "\(panel)")
                let policy = try #require(page["Content-Security-Policy"])
                #expect(policy.contains("frame-ancestors https://blog.example;"), "\(policy)")
                let links = page.body.matches(of: #/ href="([^"]*)"/#).map { String($0.1) }
                #expect(links.allSatisfy { $0.hasPrefix("/share/\(share)") || $0.hasPrefix("/a/") }, "\(links)")
            }
            let numbers = try await shop.server.ask(.GET, "/share/\(share)/card/numbers?\(Self.day)")
            #expect(PageText(numbers).number("pageviews") == 6, "\(numbers.body)")
            let wrong = try await shop.server.ask(.GET, "/share/\(share)/card/numbers?theme=red")
            #expect(wrong.body.contains("theme: not one of"), "\(wrong.body)")
            for path in ["/share/\(share)/card/none", "/share/none/card/series"] {
                #expect(try await shop.server.ask(.GET, path).status == 404, "\(path)")
            }
        }
    }

    @Test func theChartIsAnImage() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let share = try await shop.database.addShare(to: "shop")
            try await shop.waitForLinks(share)
            for (theme, ground) in [("light", "#ffffff"), ("dark", "#1c1d1b")] {
                let path = "/share/\(share)/card/series.svg?\(Self.day)&theme=\(theme)"
                let image = try await shop.server.ask(.GET, path)
                #expect(image.status == 200 && image["Content-Type"] == "image/svg+xml", "\(image)")
                #expect(image["Cross-Origin-Resource-Policy"] == "cross-origin")
                #expect(image.body.hasPrefix("<svg xmlns=") && image.body.contains(ground), "\(image.body)")
                #expect(!image.body.contains("style=") && !image.body.contains("class="))
            }
            let faulty = try await shop.server.ask(.GET, "/share/\(share)/card/series.svg?filter=country")
            #expect(faulty.status == 400)
        }
    }

    /// A page that has not changed is not sent again, and is in each coding another one.
    @Test func pagesHaveATagOfTheirBytes() async throws {
        try await CollectServer.with { shop in
            let zipped: HTTPHeaders = ["Accept-Encoding": "gzip"]
            var tags: Set<String> = []
            for headers in [[:], zipped] as [HTTPHeaders] {
                let first = try await shop.server.ask(.GET, "/login", headers)
                let tag = try #require(first["ETag"])
                tags.insert(tag)
                #expect(first["Cache-Control"] == "private, no-cache")
                for known in [tag, "\"x\", W/\(tag)"] {
                    var asking = headers
                    asking.add(name: "If-None-Match", value: known)
                    let again = try await shop.server.ask(.GET, "/login", asking)
                    #expect(again.status == 304 && again.body.isEmpty && again["ETag"] == tag, "\(again)")
                    #expect(again["Content-Security-Policy"] != nil && again["Vary"] == "Accept-Encoding")
                }
                var other = headers
                other.add(name: "If-None-Match", value: "\"x\"")
                #expect(try await shop.server.ask(.GET, "/login", other).status == 200)
            }
            #expect(tags.count == 2)
            // Pages about errors, and what a form answers, have none.
            #expect(try await shop.server.ask(.GET, "/share/none")["ETag"] == nil)
        }
    }
}
