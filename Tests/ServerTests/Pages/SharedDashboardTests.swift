import Analytics
import NIOHTTP1
import Support
import Testing

/// Dashboards for those who are not logged in: by a share link, and of a public site.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct SharedDashboardTests {
    private static let day = "from=2026-01-05&to=2026-01-05"

    @Test func aLinkShowsWhatItsFiltersTake() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let german = try await shop.database.addShare(#"[["is","visit:country",["DE"]]]"#, to: "shop")
            let all = try await shop.database.addShare(to: "shop")
            try await shop.waitForLinks(all)
            for (share, views) in [(all, 6.0), (german, 2)] {
                let page = try await shop.server.ask(.GET, "/share/\(share)?\(Self.day)")
                #expect(page.status == 200)
                #expect(PageText(page).number("pageviews") == views, "\(page.body)")
                // Every link stays within what is shared.
                let links = page.body.matches(of: #/ (?:href|action)="([^"#]*)"/#).map { String($0.1) }
                let ways = links.filter { !$0.hasPrefix("/a/") && $0 != "/" && $0 != "" }
                let isWithin = ways.allSatisfy { $0.hasPrefix("/share/\(share)") || $0.contains("share=\(share)") }
                #expect(isWithin, "\(ways)")
                let list = try await shop.server.ask(.GET, "/share/\(share)/list/top?\(Self.day)")
                #expect(list.status == 200 && list.body.contains("/pricing"), "\(list.body)")
            }
            for path in ["/share/none", "/share/\(all)x", "/share/\(all)/list/none", "/share/none/list/top"] {
                #expect(try await shop.server.ask(.GET, path).status == 404)
            }
            let form: HTTPHeaders = [
                "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
            ]
            let body = "action=segment&query=filter%3Dcountry==DE&name=mine"
            #expect(try await shop.server.ask(.POST, "/share/\(all)", form, body: body).status == 401)
        }
    }

    @Test func aPublicSiteIsSeenByEverybody() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            #expect(try await shop.server.ask(.GET, "/s/shop?\(Self.day)").status == 303)
            try await shop.database.run(
                """
                UPDATE site SET settings = settings || '{"public": true}' WHERE name = 'shop'
                """
            )
            try await eventually { try await shop.server.ask(.GET, "/s/shop?\(Self.day)").status == 200 }
            let page = try await shop.server.ask(.GET, "/s/shop?\(Self.day)")
            #expect(PageText(page).number("pageviews") == 6, "\(page.body)")
            // What may tell about persons stays with those who have a role.
            let persons = try await shop.server.ask(.GET, "/s/shop?\(Self.day)&filter=prop.plan==pro")
            #expect(persons.status == 403, "\(persons.body)")
            #expect(try await shop.server.ask(.GET, "/s/shop/why").status == 303)
        }
    }
}
