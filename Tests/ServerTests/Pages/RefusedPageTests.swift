import Analytics
import NIOHTTP1
import Support
import Testing

/// The page of refused hits, `/s/{site}/refused`, and the line of the dashboard that leads there.
@Suite(.needsPostgres)
struct RefusedPageTests {
    private static let line = "hits of this time were refused"

    private static func refuse(_ count: Int, _ shop: CollectServer) async throws {
        for place in 0..<count {
            let body = #"{"url":"https://evil.example/x\#(place)"}"#
            #expect(try await shop.post(body, key: shop.write, ["User-Agent": "Probe/1 <i>"]).status == 403)
        }
        try await eventually {
            try await shop.values("SELECT coalesce(sum(count), 0)::bigint FROM refusal WHERE site_id > 0") == [
                "\(count)"
            ]
        }
    }

    @Test func hasTheReasonsAndTheLastHits() async throws {
        try await LoggedIn.with(.member) { member in
            try await Self.refuse(2, member.shop)
            _ = try await member.shop.post(#"{"url":"https://shop.example/","user":""}"#, key: member.shop.write)
            try await eventually { try await member.open("/s/shop/refused").body.contains("user: empty") }
            let page = try await member.open("/s/shop/refused?days=1")
            #expect(page.status == 200 && !page.body.contains("do not count"), "\(page.body)")
            #expect(page.body.contains("Add the host of the page to the hostnames"))
            #expect(page.body.contains("66.7 %"), "\(page.body)")
            let rows = PageText(page).rows(of: "last")
            #expect(rows.count == 3 && rows.contains { $0[2] == "evil.example" }, "\(rows)")
            #expect(rows.contains { $0[5] == "Probe/1 &lt;i&gt;" }, "\(rows)")
            #expect(PageText(page).rows(of: "hours").compactMap { Int($0[1]) }.reduce(0, +) == 3)
            let told = try await member.shop.ask("/api/v1/refusals?site=shop")
            #expect(told.body.contains(#""hit":{"name":"pageview","host":"evil.example""#), "\(told.body)")
            // One reason alone.
            let one = PageText(try await member.open("/s/shop/refused?reason=user%3A%20empty"))
            #expect(one.rows(of: "last").map { $0[1] } == ["user: empty"], "\(one.text)")
        }
    }

    @Test func hasItsRowsAsFiles() async throws {
        try await LoggedIn.with(.member) { member in
            try await Self.refuse(2, member.shop)
            _ = try await member.shop.post(#"{"url":"https://shop.example/","user":""}"#, key: member.shop.write)
            try await eventually { try await member.open("/s/shop/refused").body.contains("user: empty") }
            // Whoever looks for the sender finds the beginning of the key, and not all of it.
            let page = try await member.open("/s/shop/refused?days=1")
            let senders = PageText(page).rows(of: "last").map { $0[6] }
            #expect(Set(senders) == ["\(member.shop.write.prefix(8))…"], "\(senders)")
            #expect(!page.body.contains(member.shop.write) && page.body.contains("/s/shop/refused.csv?days=1"))
            let counts = try await member.open("/s/shop/refused.csv?days=1")
            #expect(counts["Content-Type"] == "text/csv; charset=utf-8")
            #expect(counts.body.hasPrefix("hour,reason,count,remedy\r\n") && counts.body.contains(",user: empty,1,"))
            #expect(counts.body.split(separator: "\r\n").count == 3, "\(counts.body)")
            let one = try await member.open("/s/shop/refused-last.json?reason=user%3A%20empty")
            #expect(one.body.contains(#""reason":"user: empty""#) && !one.body.contains("evil.example"), "\(one.body)")
            let last = try await member.open("/s/shop/refused-last.csv")
            #expect(
                last.body.contains(",evil.example/x1,Probe/1 <i>,,\(member.shop.write.prefix(8))…\r\n"),
                "\(last.body)"
            )
            #expect(try await member.open("/s/shop/refused.csv?days=8").status == 400)
            let viewer = try await LoggedIn(member.shop, .viewer)
            #expect(try await viewer.open("/s/shop/refused-last.json").status == 403)
        }
    }

    @Test(arguments: ["days=8", "days=", "colour=red"])
    func saysWhatDoesNotCount(query: String) async throws {
        try await LoggedIn.with(.member) { member in
            let page = try await member.open("/s/shop/refused?\(query)")
            #expect(page.status == 200 && page.body.contains("do not count"), "\(page.body)")
            #expect(page.body.contains("Nothing was refused in this time"))
        }
    }

    @Test func theDashboardLeadsThereWhereMoreThanOneInAHundredIsRefused() async throws {
        try await LoggedIn.with(.member) { member in
            let shop = member.shop
            #expect(
                try await shop.post(#"{"url":"https://shop.example/","user":"ann"}"#, key: shop.trusted).status == 204
            )
            try await Self.refuse(1, shop)
            let page = try await member.open("/s/shop?period=day")
            #expect(page.body.contains("50.0 % of the \(Self.line) (1)"), "\(page.body)")
            #expect(page.body.contains("\"/s/shop/refused?days="), "\(page.body)")
            #expect(!(try await member.open("/s/shop?period=day&filter=page==/").body.contains(Self.line)))
            let viewer = try await LoggedIn(shop, .viewer)
            #expect(!(try await viewer.open("/s/shop?period=day").body.contains(Self.line)))
            #expect(try await viewer.open("/s/shop/refused").status == 403)
        }
    }

    @Test func withoutAnyHitTheDashboardSaysThatAllWereRefused() async throws {
        try await LoggedIn.with(.member) { member in
            try await Self.refuse(3, member.shop)
            let page = try await member.open("/s/shop")
            #expect(page.body.contains("100.0 % of the \(Self.line) (3)"), "\(page.body)")
        }
    }
}
