import NIOHTTP1
import Analytics
import Support
import Testing

/// The page with live figures, `/s/{site}/realtime`.
@Suite(.needsPostgres)
struct RealtimePageTests {
    private struct Counts: Decodable {
        let visitors_5m: Int
        let visitors_30m: Int
        let minutes: [Minute]

        struct Minute: Decodable {
            let visitors: Int
            let pageviews: Int
        }
    }

    private static func hit(_ user: String, _ path: String, age: Int) -> String {
        "{\"site\":\"shop\",\"user\":\"\(user)\",\"url\":\"https://shop.example\(path)\",\"age\":\(age)}"
    }

    private static let hits = [
        hit("ann", "/a", age: 1_200_000), hit("ann", "/b", age: 10_000), hit("bob", "/c%3Cb%3E", age: 5_000),
    ]

    @Test func hasTheFiguresOfTheStream() async throws {
        try await LoggedIn.with(.member) { member in
            for hit in Self.hits { #expect(try await member.shop.post(hit, key: member.shop.trusted).status < 300) }
            let page = PageText(try await member.open("/s/shop/realtime"))
            let counts = try await EventStream.with(
                port: member.shop.server.port,
                "/api/v1/realtime?site=shop",
                ["Authorization": "Bearer \(member.shop.read)"]
            ) { stream in
                while let message = try await stream.next() {
                    if message.event == "counts" { return try message.decoded(Counts.self) }
                }
                throw CancellationError()
            }
            #expect(counts.visitors_5m == 2 && counts.visitors_30m == 2)
            #expect(page.number("visitors_5m") == Double(counts.visitors_5m), "\(page.text)")
            #expect(page.number("visitors_30m") == Double(counts.visitors_30m))
            let rows = page.rows(of: "minutes")
            #expect(rows.count == 30 && rows.first?.first == "This minute")
            let sums = (1...2).map { column in rows.compactMap { Int($0[column]) }.reduce(0, +) }
            #expect(
                sums == [counts.minutes.map(\.visitors).reduce(0, +), counts.minutes.map(\.pageviews).reduce(0, +)]
            )
            #expect(page.rows(of: "hits").map { $0[2] } == ["/c&lt;b&gt;", "/b", "/a"], "\(page.text)")
        }
    }

    @Test func viewersSeeNoHits() async throws {
        try await LoggedIn.with(.viewer) { viewer in
            #expect(try await viewer.shop.post(Self.hits[1], key: viewer.shop.trusted).status < 300)
            let page = PageText(try await viewer.open("/s/shop/realtime"))
            #expect(page.number("visitors_5m") == 1)
            #expect(!page.text.contains("id=\"hits\""))
        }
    }
}
