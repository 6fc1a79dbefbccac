import Foundation
import Postgres
import Support
import Testing

/// What answers tell about their numbers: SQL, what is left out, and whether the period is over.
@Suite(.needsPostgres)
struct ExplainedAnswerTests {
    private struct Answer: Decodable {
        struct Meta: Decodable {
            struct Explained: Decodable {
                let sql: String?
                let parameters: [String]?
                let reason: String?
            }

            let explain: Explained?
            let excluded: [String: Int]?
            let unfinished: Bool?
        }

        struct Row: Decodable {
            let metrics: [Int?]
            let dimensions: [String]
        }

        let results: [Row]
        let meta: Meta
    }

    private func ask(_ shop: CollectServer, _ members: String, key: String?) async throws -> HTTPAnswer {
        try await shop.post(#"{"site_id":"shop",\#(members)}"#, to: "/api/v2/query", key: key)
    }

    private func answer(_ shop: CollectServer, _ members: String) async throws -> Answer {
        let answer = try await ask(shop, members, key: shop.read)
        return try JSONDecoder().decode(Answer.self, from: Data(answer.body.utf8))
    }

    private static let day = #""date_range":["2026-01-05","2026-01-05"]"#

    @Test func theSQLGivesTheRows() async throws {
        try await CollectServer.with(settings: #"{"pages":["/pric*"]}"#) { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let segment = #"{"name":"a","filters":[["is_not","visit:country",["US"]]]}"#
            #expect(try await shop.post(segment, to: "/api/v1/segments", key: shop.trusted).status == 201)
            let answer = try await answer(
                shop,
                #"\#(Self.day),"metrics":["visitors","visits","bounce_rate"],"dimensions":["event:page"],"#
                    + #""filters":[["segment",[1]]],"include":{"explain":true}"#
            )
            let explained = try #require(answer.meta.explain)
            #expect(explained.parameters == [])
            let sql = try #require(explained.sql)
            let rows = try await Connection.with(shop.database.url, setup: "SET ROLE hourglass_read;") {
                try await $0.values(sql)
            }
            #expect(rows == answer.results.map { $0.dimensions + $0.metrics.compactMap { $0.map(String.init) } })
            #expect(rows.contains { $0.first == "/pric*" })
        }
    }

    @Test func whatIsNotExplainedSaysWhy() async throws {
        try await CollectServer.with { shop in
            let answer = try await answer(shop, #"\#(Self.day),"metrics":["scroll_depth"],"include":{"explain":true}"#)
            #expect(answer.meta.explain?.sql == nil)
            #expect(answer.meta.explain?.reason == "there is no SQL for scroll_depth")
            let silent = try await self.answer(shop, #"\#(Self.day),"metrics":["visitors"]"#)
            #expect(silent.meta.explain == nil)
            #expect(silent.meta.unfinished == nil)
            #expect(silent.meta.excluded == nil)
        }
    }

    @Test func aPeriodThatIsNotOverIsUnfinished() async throws {
        try await CollectServer.with { shop in
            let answer = try await answer(shop, #""date_range":"day","metrics":["visitors"]"#)
            #expect(answer.meta.unfinished == true)
        }
    }

    @Test func hitsThatAreLeftOutAreCounted() async throws {
        try await CollectServer.with(settings: #"{"public":true}"#) { shop in
            let bot =
                #"{"url":"https://shop.example/","user_agent":"Googlebot/2.1","timestamp":"2026-01-05T09:00:00Z"}"#
            let person = #"{"url":"https://shop.example/","user":"ann","timestamp":"2026-01-05T09:00:00Z"}"#
            let other =
                #"{"url":"https://shop.example/","user_agent":"Googlebot/2.1","timestamp":"2026-01-06T00:00:00Z"}"#
            #expect(try await shop.post("[\(bot),\(bot),\(person),\(other)]", key: shop.trusted).status == 200)
            try await shop.database.run(
                """
                INSERT INTO hourglass.refusal (site_id, hour, reason, count)
                SELECT id, hour::timestamptz, reason, count FROM hourglass.site,
                       (VALUES ('2026-01-05 09:00Z', 'a', 3), ('2026-01-05 23:00Z', 'b', 4), ('2026-01-06 00:00Z', 'a', 5))
                           AS refused (hour, reason, count)
                 WHERE name = 'shop'
                """
            )
            let members = #"\#(Self.day),"metrics":["visitors"],"include":{"excluded":true}"#
            let counted = try await answer(shop, members)
            #expect(counted.results.first?.metrics == [1])
            #expect(counted.meta.excluded == ["bots": 2, "refused": 7])
            let forbidden = try await ask(shop, members, key: nil)
            #expect(forbidden.status == 403)
            #expect(forbidden.body.contains(#""field":"include""#), "\(forbidden.body)")
        }
    }
}
