import Support
import Testing

/// The visits of `GET /api/v1/visits` with filters and in both orders, and those of the page.
@Suite(.needsPostgres)
struct SelectedVisitRouteTests {
    private static let range = "from=2026-01-05&to=2026-01-05"

    /// The visitors and the starts of the visits in an answer, which name their pages.
    private static func keys(_ answer: HTTPAnswer) -> [String] {
        answer.body.matches(of: /"visitor":"([0-9a-f]{16})".*?"cursor":"([0-9]+)-/).map { "\($0.1)-\($0.2)" }
    }

    private static func keys(on page: HTTPAnswer) -> [String] {
        page.body.matches(of: /href="\/s\/shop\/visits\/([0-9a-f]{16}-[0-9]+)/).map { String($0.1) }
    }

    @Test func areThoseOfThePage() async throws {
        try await LoggedIn.with { member in
            #expect(try await member.shop.post(ExampleHistory.body, key: member.shop.trusted).status == 200)
            let filters = [
                "", "&filter=country==DE", "&filter=event==Signup", "&filter=page==/", "&filter=country==NZ",
            ]
            for (filter, count) in zip(filters, [4, 1, 1, 3, 0]) {
                let path = "/api/v1/visits?site=shop&\(Self.range)\(filter)&format=ndjson"
                let newest = Self.keys(try await member.shop.ask("\(path)&order=desc"))
                let page = try await member.open("/s/shop/visits?\(Self.range)\(filter)")
                #expect(newest == Self.keys(on: page) && newest.count == count, "\(filter) \(newest) \(page.body)")
                #expect(Self.keys(try await member.shop.ask("\(path)&order=asc")) == newest.reversed(), "\(filter)")
            }
        }
    }

    @Test func comeByPagesWhosePlacesHoldInBothOrders() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let path = "/api/v1/visits?site=shop&\(Self.range)&filter=page==/&format=ndjson&limit=1"
            var (target, pages) = ("\(path)&order=desc" as String?, [HTTPAnswer]())
            while let page = target {
                let answer = try await shop.ask(page)
                pages.append(answer)
                target = answer["Link"].flatMap { $0.firstMatch(of: /<(.*)>; rel="next"/).map { String($0.1) } }
            }
            let visits = pages.flatMap { Self.keys($0) }
            #expect(visits.count == 3 && Set(visits).count == 3, "\(visits)")
            let last = try #require(pages.last?.body.firstMatch(of: /"cursor":"([^"]*)"/)).1
            let back = try await shop.ask("\(path)&order=asc&cursor=\(last)")
            #expect(Self.keys(back) == [visits[1]], "\(back.body)")
            let all = try await shop.ask("/api/v1/visits?site=shop&\(Self.range)&format=ndjson&cursor=\(last)")
            #expect(Self.keys(all).count == 3, "\(all.body)")
        }
    }
}
