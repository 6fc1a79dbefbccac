import Analytics
import Foundation
import NIOHTTP1
import Schema
import Server
import Support
import Testing

/// What `/api/v1/events` stores, in all its formats.
@Suite(.needsPostgres)
struct EventTests {
    private static let hit = """
        {"url":"https://www.Shop.example:443/Caf%C3%A9/?utm_source=news&x=1#top","title":"Menu","referrer":\
        "https://www.google.com/search?q=x","screen":"1920x1080","language":"de-DE","props":{"plan":"paid","n":3},\
        "value":"9.90","currency":"eur","id":"1"}
        """

    private static let stored = "pageview|www.shop.example|/Café/|Menu|1920x1080|news|EUR|9.9|3"

    private func rows(_ shop: CollectServer) async throws -> [String?] {
        try await shop.values(
            """
            SELECT concat_ws('|', name.text, host.text, path.text, title.text, screen, utm_source, currency,
                             trim_scale(value)::text, props ->> 'n')
              FROM hit JOIN name ON name.id = name_id
              LEFT JOIN host ON host.id = host_id LEFT JOIN path ON path.id = path_id
              LEFT JOIN title ON title.id = title_id LEFT JOIN agent ON agent.id = agent_id
              LEFT JOIN origin ON origin.id = origin_id
            """
        )
    }

    @Test(arguments: ["application/json", "text/plain", "text/plain;charset=UTF-8"])
    func oneHitIsAnswered204(type: String) async throws {
        try await CollectServer.with { shop in
            let answer = try await shop.post(Self.hit, to: "/api/v1/events?key=\(shop.write)", ["Content-Type": type])
            #expect(answer.status == 204)
            #expect(answer["Analytics-Rejected"] == nil)
            #expect(answer["Access-Control-Allow-Origin"] == nil)
            #expect(try await rows(shop) == [Self.stored])
        }
    }

    @Test func manyHitsAreAnswered200() async throws {
        try await CollectServer.with { shop in
            let bad = #"{"name":"","id":"2"}"#
            for (type, body) in [
                ("application/json", "[\(Self.hit),\(bad)]"), ("application/x-ndjson", "\(Self.hit)\n\(bad)\n"),
            ] {
                let answer = try await shop.post(body, key: shop.write, ["Content-Type": type])
                #expect(answer.status == 200)
                #expect(answer.body.hasPrefix(#"{"accepted":1,"rejected":1,"errors":[{"line":2,"field":"name""#))
            }
            // The same id is stored once.
            #expect(try await rows(shop) == [Self.stored])
            let csv = "url,name,user,props.plan\nhttps://shop.example/b,Sign up,ann,paid\n"
            let answer = try await shop.post(csv, key: shop.write, ["Content-Type": "text/csv"])
            #expect(answer.body == #"{"accepted":1,"rejected":0,"errors":[]}"#)
            #expect(try await rows(shop).count == 2)
        }
    }

    @Test func aKeyOfARequestIsRemembered() async throws {
        try await CollectServer.with { shop in
            for (body, status) in [("{}", 204), ("{}", 204), (#"{"user":"a"}"#, 422)] {
                let answer = try await shop.post(body, key: shop.write, ["Idempotency-Key": "k"])
                #expect(answer.status == status)
            }
            #expect(try await rows(shop).count == 1)
        }
    }

    @Test func strictStoresNothingWhenSomethingIsRejected() async throws {
        try await CollectServer.with { shop in
            let strict: HTTPHeaders = ["Prefer": "handling=strict"]
            let many = try await shop.post("[{},{\"name\":\"\"}]", key: shop.write, strict)
            #expect(many.status == 400)
            let one = try await shop.post(#"{"name":""}"#, key: shop.write, strict)
            #expect(one.status == 400)
            #expect(one["Preference-Applied"] == "handling=strict")
            #expect(try await rows(shop) == [])
        }
    }

    @Test func pagesOfOtherOriginsMayAsk() async throws {
        try await CollectServer.with { shop in
            let headers: HTTPHeaders = [
                "Origin": "https://shop.example", "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "content-type",
            ]
            for path in ["/api/v1/events", "/api/v1/identify"] {
                let preflight = try await shop.server.ask(.OPTIONS, path, headers)
                #expect(preflight.status == 204)
                #expect(preflight["Access-Control-Allow-Origin"] == "*")
                #expect(preflight["Access-Control-Allow-Headers"]?.contains("Content-Type") == true)
                #expect(preflight["Access-Control-Allow-Credentials"] == nil)
            }
            let answer = try await shop.post("{}", key: shop.write, ["Origin": "https://shop.example"])
            #expect(answer["Access-Control-Allow-Origin"] == "*")
        }
    }

    /// A server key may send old times and other people's addresses; a write key may not.
    @Test func onlyServersSendTheDerivedAndTheOld() async throws {
        try await CollectServer.with { shop in
            let body = #"{"timestamp":1223567997,"country":"de","browser":"Firefox","ip":"198.51.100.7"}"#
            let refused = try await shop.post(body, key: shop.write)
            #expect(refused["Analytics-Rejected"]?.hasPrefix("timestamp: further back") == true)
            #expect(try await shop.post(body, key: shop.trusted).status == 204)
            let rows = try await shop.values(
                """
                SELECT concat_ws('|', extract(epoch FROM ts)::bigint, country, browser, visitor) FROM hit
                  JOIN place ON place.id = place_id JOIN agent ON agent.id = agent_id
                """
            )
            // The salt of 2008 never was.
            #expect(rows == ["1223567997|DE|Firefox"])
            _ = try await shop.post(#"{"country":"FR"}"#, key: shop.write)
            #expect(try await shop.values("SELECT count(*) FROM place") == ["1"])
        }
    }

    @Test func whoamiTellsWhoAsks() async throws {
        try await CollectServer.with { shop in
            let headers: HTTPHeaders = [
                "Authorization": "Bearer \(shop.read)", "X-Forwarded-For": "203.0.113.9", "Sec-GPC": "1",
            ]
            let answer = try await shop.server.ask(.GET, "/api/v1/whoami", headers)
            #expect(answer.status == 200)
            for text in [#""address":"127.0.0.1""#, #""scope":"read""#, #""site":"shop""#, "Sec-GPC"] {
                #expect(answer.body.contains(text), "\(answer.body)")
            }
            let unknown = try await shop.server.ask(.GET, "/api/v1/whoami?key=hgw_\(String(repeating: "A", count: 43))")
            #expect(unknown.status == 401)
            #expect(try await shop.server.ask(.GET, "/api/v1/whoami").status == 200)
        }
    }
}
