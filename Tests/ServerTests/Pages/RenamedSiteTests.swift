import Analytics
import NIOHTTP1
import Support
import Testing

/// Addresses with a name that a site had before.
@Suite(.needsPostgres)
struct RenamedSiteTests {
    private static let day = "from=2026-01-05&to=2026-01-05"

    /// Renames the site, and waits until the server knows it.
    private static func rename(_ shop: CollectServer) async throws {
        try await shop.database.run("SELECT rename_site('shop', 'new/shop')")
        try await eventually {
            let answer = try await shop.ask("/api/v1/stats?site=new/shop&metrics=visitors")
            return answer.status == 200
        }
    }

    @Test func pagesLeadToThePresentName() async throws {
        try await LoggedIn.with { reader in
            try await Self.rename(reader.shop)
            for (old, new) in [
                ("", ""), ("?\(Self.day)&filter=page==%2Fa%26b", "?\(Self.day)&filter=page==%2Fa%26b"),
                ("/list/top?sort=-visits", "/list/top?sort=-visits"), ("/visits", "/visits"), ("/hour", "/hour"),
                ("/series.csv?\(Self.day)", "/series.csv?\(Self.day)"), ("/settings/snippet", "/settings/snippet"),
            ] {
                let answer = try await reader.open("/s/shop\(old)")
                #expect(answer.status == 308, "\(old) \(answer.body)")
                #expect(answer.headers.first(name: "Location") == "/s/new%2Fshop\(new)", "\(old)")
                // Another site may take the name.
                #expect(answer.headers.first(name: "Cache-Control") == "no-store")
                let present = try await reader.open("/s/new%2Fshop\(new)")
                #expect(present.status == 200, "\(new) \(present.body)")
            }
        }
    }

    /// Whoever may not see a site gets what there is for a name that no site has.
    @Test func nobodyElseIsToldThePresentName() async throws {
        try await LoggedIn.with { member in
            let shop = member.shop
            try await shop.database.run(
                """
                INSERT INTO organisation (name) VALUES ('apart'); SELECT move_site('shop', 'apart')
                """
            )
            try await Self.rename(shop)
            for path in ["", "/visits", "/settings/snippet", "/series.csv"] {
                let old = try await member.open("/s/shop\(path)")
                let unknown = try await member.open("/s/none\(path)")
                #expect(old.status == 404 && old.body == unknown.body, "\(path) \(old.body)")
                let stranger = try await shop.server.ask(.GET, "/s/shop\(path)")
                #expect(stranger.status == 303)
                #expect(stranger.headers.first(name: "Location")?.contains("new") == false)
            }
        }
    }

    /// A form of a page that was opened before is not lost.
    @Test func formsAreTaken() async throws {
        try await LoggedIn.with { reader in
            try await Self.rename(reader.shop)
            let form = "action=filter&query=period%3D7d&field=page&sign=%3D%3D&values=%2Fa"
            let answer = try await reader.send("/s/shop", form)
            #expect(answer.status == 303)
            let way = answer.headers.first(name: "Location")
            #expect(way?.hasPrefix("/s/new%2Fshop?") == true && way?.contains("filter=page==%2Fa") == true, "\(answer)")
        }
    }

    /// Requests, and hits of snippets, name the site by either name.
    @Test func requestsAreAnswered() async throws {
        try await CollectServer.with { shop in
            try await Self.rename(shop)
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let question = "metrics=pageviews&\(Self.day)"
            let old = try await shop.ask("/api/v1/stats?site=shop&\(question)")
            let new = try await shop.ask("/api/v1/stats?site=new/shop&\(question)")
            #expect(old.status == 200 && old.body == new.body, "\(old.body)")
            let other = try await shop.ask("/api/v1/stats?site=other&\(question)")
            #expect(other.status == 401)
        }
    }
}
