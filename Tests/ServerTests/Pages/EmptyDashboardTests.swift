import Analytics
import NIOHTTP1
import Support
import Testing

/// The page of a site where a period or filters leave no hit.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct EmptyDashboardTests {
    private static let day = "from=2026-01-05&to=2026-01-05"
    private static let later = "from=2026-01-07&to=2026-01-07"
    private static let lastDay = "period=day&amp;date=2026-01-05"

    /// Questions without hits, what is said, and the first link of it.
    private static let questions = [
        (
            "\(day)&filter=country==DE&filter=browser==Firefox",
            "Without country is <strong><bdi>Germany</bdi></strong>",
            "from=2026-01-05&amp;to=2026-01-05&amp;filter=browser==Firefox"
        ),
        (
            "\(day)&filter=country==DE&filter=page==/none", "Without page is <strong><bdi>/none</bdi></strong>",
            "from=2026-01-05&amp;to=2026-01-05&amp;filter=country==DE"
        ),
        (
            "\(day)&filter=page==/none", "Without page is <strong><bdi>/none</bdi></strong>",
            "from=2026-01-05&amp;to=2026-01-05"
        ),
        (
            "\(day)&filter=page==/none&filter=browser==None", "removing a single filter does not bring them back",
            "from=2026-01-05&amp;to=2026-01-05&amp;filter=browser==None"
        ),
        (
            "\(later)&filter=country==DE&filter=page==/none", "The last hits are of 5 Jan 2026",
            "\(lastDay)&amp;filter=country==DE&amp;filter=page==%2Fnone"
        ),
        (later, "The last hits are of 5 Jan 2026", lastDay),
        ("\(later)&tz=Asia/Tokyo", "The last hits are of 5 Jan 2026", "\(lastDay)&amp;tz=Asia%2FTokyo"),
        (
            "\(day)&" + (0..<9).map { "filter=page==/\($0)" }.joined(separator: "&"),
            "In this time none meets all of them", "from=2026-01-05&amp;to=2026-01-05"
        ),
    ]

    private func expect(_ answer: HTTPAnswer, says text: String, link: String, of path: String) {
        #expect(answer.status == 200)
        guard let empty = answer.body.firstRange(of: "<div class=\"empty\">") else {
            Issue.record("hits: \(answer.body)")
            return
        }
        let card = answer.body[empty.upperBound...]
        let section = card[..<(card.firstRange(of: "</section>")?.lowerBound ?? card.endIndex)]
        #expect(section.contains(text), "\(section)")
        let first = section.firstMatch(of: #/href="([^"]*)"/#).map { String($0.1) }
        #expect(first?.hasPrefix("\(path)?\(link)") == true, "\(section)")
    }

    @Test func tellsWhatLeavesNothing() async throws {
        try await LoggedIn.with(.viewer) { reader in
            #expect(try await reader.shop.post(ExampleHistory.body, key: reader.shop.trusted).status == 200)
            for (question, text, link) in Self.questions {
                let page = try await reader.open("/s/shop?\(question)")
                expect(page, says: text, link: link, of: "/s/shop")
            }
        }
    }

    @Test func aSegmentIsAFilterToo() async throws {
        try await LoggedIn.with(.viewer) { reader in
            #expect(try await reader.shop.post(ExampleHistory.body, key: reader.shop.trusted).status == 200)
            try await reader.shop.database.run(
                #"SELECT add_segment('shop', 'Nobody', '[["is","event:page",["/none"]]]')"#
            )
            try await eventually { try await reader.open("/s/shop?\(Self.day)&segment=1").body.contains("Nobody") }
            let page = try await reader.open("/s/shop?\(Self.day)&filter=country==DE&segment=1")
            let text = "Without segment <strong><bdi>Nobody</bdi></strong>"
            let link = "from=2026-01-05&amp;to=2026-01-05&amp;filter=country==DE"
            expect(page, says: text, link: link, of: "/s/shop")
        }
    }

    /// The last date may be that of hits which the filters of a link leave out.
    @Test func aLinkWithFiltersTellsNoDate() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let german = try await shop.database.addShare(#"[["is","visit:country",["DE"]]]"#, to: "shop")
            let all = try await shop.database.addShare(to: "shop")
            try await shop.waitForLinks(all)
            let whole = try await shop.server.ask(.GET, "/share/\(all)?\(Self.later)")
            expect(whole, says: "The last hits are of 5 Jan 2026", link: Self.lastDay, of: "/share/\(all)")
            let part = try await shop.server.ask(.GET, "/share/\(german)?\(Self.later)")
            expect(part, says: "No hits in this time", link: "period=all", of: "/share/\(german)")
            #expect(!part.body.contains("last hits"))
            // What its own filters leave is all that there is: removing one of the reader's does not go beyond.
            let filtered = try await shop.server.ask(.GET, "/share/\(german)?\(Self.day)&filter=browser==Firefox")
            let link = "from=2026-01-05&amp;to=2026-01-05"
            expect(filtered, says: "Without browser is", link: link, of: "/share/\(german)")
        }
    }
}
