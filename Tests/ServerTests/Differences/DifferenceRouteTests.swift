import Foundation
import Support
import Testing

/// The causes by which two answers differ.
@Suite(.needsPostgres)
struct DifferenceRouteTests {
    private struct Answer: Decodable {
        struct Change: Decodable {
            let cause: String
            let text: String
            let from: String?
            let to: String?
            let at: String?
            let date: String?
            let hits: Int?
            let bots: Int?
            let count: Int?
            let goal: String?
            let precision: String?
        }

        let date_range: [String]
        let changes: [Change]
        let unexplained: [Change]
    }

    private struct Late: Decodable {
        struct Meta: Decodable { let late: Int? }

        let meta: Meta
    }

    private static let day = #""site_id":"shop","date_range":["2026-01-05","2026-01-05"],"metrics":["pageviews"]"#
    private static let moments = #""before":"2026-01-05T12:00:00Z","after":1767700800"#

    private static func hit(_ time: String, _ fields: String = #""user":"ann""#) -> String {
        #"{"url":"https://shop.example/","timestamp":"2026-01-0\#(time)Z",\#(fields)}"#
    }

    private func ask(_ shop: CollectServer, _ members: String, key: String?) async throws -> HTTPAnswer {
        try await shop.post("{\(members)}", to: "/api/v1/differences/query", key: key)
    }

    private func answer(_ shop: CollectServer, _ members: String) async throws -> Answer {
        let answer = try await ask(shop, members, key: shop.read)
        #expect(answer.status == 200, "\(answer.body)")
        return try JSONDecoder().decode(Answer.self, from: Data(answer.body.utf8))
    }

    /// Stores hits, which come late, and lets one of them have come in time.
    private func store(_ shop: CollectServer) async throws {
        let bot = #""user_agent":"Googlebot/2.1""#
        let hits = [
            Self.hit("5T09:00:00"), Self.hit("5T09:01:00"), Self.hit("5T23:00:00", bot), Self.hit("5T13:00:00"),
            Self.hit("6T09:00:00"),
        ]
        #expect(try await shop.post("[\(hits.joined(separator: ","))]", key: shop.trusted).status == 200)
        try await shop.database.run(
            """
            UPDATE hit SET flags = flags & ~32 WHERE ts = '2026-01-05 13:00Z';
            DELETE FROM arrival WHERE quarter = '2026-01-05 13:00Z';
            UPDATE arrival SET arrived = '2026-01-06 10:00Z', step = 60;
            UPDATE schema_migration SET applied_at = '2026-01-01' WHERE name = 'arrival'
            """
        )
    }

    @Test func causesAreTold() async throws {
        try await CollectServer.with { shop in
            try await store(shop)
            #expect(try await shop.post(#"{"event":"Signup"}"#, to: "/api/v1/goals", key: shop.trusted).status == 201)
            try await shop.database.run(
                """
                UPDATE goal SET created_at = '2026-01-06 11:00Z';
                INSERT INTO alias (site_id, visitor, user_visitor, added_at)
                SELECT id, 5, 6, '2026-01-05 15:00Z' FROM site WHERE name = 'shop';
                INSERT INTO job (kind, site_id, state, created_at, ended_at)
                SELECT 'forget user', id, 'done', '2026-01-05 14:00Z', '2026-01-05 14:01Z' FROM site WHERE name = 'shop'
                """
            )
            let goal = #","filters":[["is","event:goal",["Signup"]]],"timezone":"UTC""#
            let answer = try await answer(shop, "\(Self.day),\(Self.moments)\(goal)")
            #expect(answer.changes.map(\.cause) == ["arrived", "late", "forgotten", "goal", "aliases"])
            #expect(answer.unexplained.map(\.cause) == ["forgotten"])
            let arrived = answer.changes[0]
            #expect(arrived.hits == 1 && arrived.bots == 0 && arrived.precision == "minute")
            #expect(arrived.from == "2026-01-05T12:00:00Z" && arrived.to == "2026-01-06T00:00:00Z")
            #expect(
                arrived.text == "1 hit has its time between the two moments, and was stored within a minute."
            )
            let late = answer.changes[1]
            #expect(late.hits == 2 && late.bots == 1 && late.date == "2026-01-05" && late.precision == "minute")
            #expect(
                late.text
                    == "2 hits and 1 of a machine have their times on 2026-01-05, and were stored at "
                    + "2026-01-06T10:00:00Z, not when they happened."
            )
            #expect(answer.changes[2].to == "2026-01-05T14:01:00Z")
            #expect(answer.changes[3].goal == "Signup" && answer.changes[3].at == "2026-01-06T11:00:00Z")
            #expect(answer.changes[4].count == 1)
        }
    }

    /// Before the second moment nothing has come, and a query without goals does not ask for them.
    @Test func whatLiesBesideTheMomentsIsNoCause() async throws {
        try await CollectServer.with { shop in
            try await store(shop)
            #expect(try await shop.post(#"{"event":"Signup"}"#, to: "/api/v1/goals", key: shop.trusted).status == 201)
            let moments = #""before":"2026-01-06T10:01:00Z","after":"2126-01-01T00:00:00Z""#
            let answer = try await answer(shop, "\(Self.day),\(moments)")
            #expect(answer.changes.map(\.cause) == [])
            #expect(answer.date_range == ["2026-01-05T00:00:00Z", "2026-01-05T23:59:59Z"])
            #expect(answer.unexplained.map(\.cause) == ["settings"])
            let clicks = #""site_id":"shop","date_range":["2026-01-05","2026-01-05"],"metrics":["clicks"]"#
            let old = #""before":1,"after":2,"timezone":"UTC""#
            #expect(try await self.answer(shop, "\(clicks),\(old)").unexplained.map(\.cause) == ["unnoted", "events"])
        }
    }

    /// Late are the hits that came after the end of the period.
    @Test func lateHitsAreInMeta() async throws {
        try await CollectServer.with(settings: #"{"public":true}"#) { shop in
            try await store(shop)
            func late(_ include: String, _ range: String = #"["2026-01-05","2026-01-05"]"#) async throws -> Int? {
                let query = #"{"site_id":"shop","date_range":\#(range),"metrics":["visits"],"include":{\#(include)}}"#
                let answer = try await shop.post(query, to: "/api/v2/query", key: shop.read)
                #expect(answer.status == 200, "\(answer.body)")
                return try JSONDecoder().decode(Late.self, from: Data(answer.body.utf8)).meta.late
            }
            #expect(try await late("") == nil)
            #expect(try await late(#""late":true"#) == 2)
            #expect(try await late(#""late":true,"bots":true"#) == 3)
            #expect(try await late(#""late":true"#, #"["2026-01-05","2026-01-06"]"#) == 0)
            let query = #"{\#(Self.day),"include":{"late":true}}"#
            let refused = try await shop.post(query, to: "/api/v2/query")
            #expect(refused.status == 403 && refused.body.contains("include.late"), "\(refused.body)")
            let queries = try await shop.post(#"{"queries":[\#(query)]}"#, to: "/api/v2/queries", key: shop.read)
            #expect(queries.body.contains(#""late":2"#), "\(queries.body)")
        }
    }

    private static let refusals: [(members: String, field: String)] = [
        (day, "before"), (#"\#(day),"before":1"#, "after"), (#"\#(day),"before":2,"after":1"#, "after"),
        (#"\#(day),"before":1,"after":1"#, "after"), (#"\#(day),"before":"now","after":2"#, "before"),
        (#"\#(day),"before":1.5,"after":2"#, "before"), (#"\#(day),"before":-1,"after":2"#, "before"),
        (#"\#(day),"before":null,"after":2"#, "before"), (#"\#(day),"before":1,"after":1e300"#, "after"),
        (#""site_id":"shop","before":1,"after":2"#, "metrics"), (#"\#(day),\#(moments),"x":1"#, "x"),
        (#"\#(day),\#(moments),"filters":[["is","event:goal",["x"]]]"#, "filters"),
        (#"\#(day),\#(moments),"timezone":"A/B""#, "timezone"),
    ]

    @Test func faultyQuestionsAreRefused() async throws {
        try await CollectServer.with { shop in
            for (members, field) in Self.refusals {
                let answer = try await ask(shop, members, key: shop.read)
                #expect(answer.status == 400, "\(members) \(answer.body)")
                #expect(answer.body.contains(#""field":"\#(field)""#), "\(members) \(answer.body)")
            }
            let list = try await shop.post("[]", to: "/api/v1/differences/query", key: shop.read)
            #expect(list.status == 400 && list.body.contains(#""field":"body""#))
        }
    }

    @Test func onlyAReadKeyMayAsk() async throws {
        try await CollectServer.with(settings: #"{"public":true}"#) { shop in
            let members = "\(Self.day),\(Self.moments)"
            #expect(try await ask(shop, members, key: nil).status == 401)
            #expect(try await ask(shop, members, key: shop.write).status == 403)
            #expect(try await ask(shop, members, key: shop.other).status == 403)
            #expect(try await ask(shop, members, key: shop.read).status == 200)
            let link = try await shop.database.addShare("[]", to: "shop")
            try await shop.waitForLinks(link)
            let target = "/api/v1/differences/query?share=\(link)"
            #expect(try await shop.post("{\(members)}", to: target).status == 401)
        }
    }
}
