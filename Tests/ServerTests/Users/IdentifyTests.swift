import NIOHTTP1
import Support
import Testing

/// `POST /api/v1/identify` from a page: it concerns the visitor of its own request and nobody else.
@Suite(.needsPostgres)
struct IdentifyTests {
    private static let page: HTTPHeaders = ["Origin": "https://shop.example", "Content-Type": "text/plain"]

    /// A page cannot name the address and the agent of another visitor; a server can.
    @Test func aPageIdentifiesItsOwnVisitor() async throws {
        try await CollectServer.with { shop in
            let hit = #"{"url":"https://shop.example/"}"#
            let other = #"{"url":"https://shop.example/","ip":"198.51.100.1","user_agent":"x"}"#
            #expect(try await shop.post(hit, key: shop.write, Self.page).status == 204)
            #expect(try await shop.post(other, key: shop.trusted).status == 204)
            let identity = #"{"user":"ann","ip":"198.51.100.1","user_agent":"x","traits":{"plan":"free"}}"#
            let named = try await shop.post(identity, to: "/api/v1/identify", key: shop.write, Self.page)
            #expect(named.status == 204)
            #expect(named["Analytics-Rejected"] == nil)
            #expect(named["Access-Control-Allow-Origin"] == "*")
            let aliased = """
                SELECT hit.flags::integer FROM alias JOIN hit USING (site_id, visitor)
                 WHERE NOT EXISTS (SELECT FROM hit AS named WHERE named.visitor = user_visitor)
                """
            // Without a server key, and of a date.
            #expect(try await shop.values(aliased) == ["25"])
            #expect(try await shop.values("SELECT traits::text FROM person") == [#"{"plan": "free"}"#])

            #expect(try await shop.post(identity, to: "/api/v1/identify", key: shop.trusted).status == 204)
            #expect(try await shop.values("SELECT count(*) FROM alias") == ["2"])
        }
    }

    @Test func aPageIsHeldToItsLimits() async throws {
        try await CollectServer.with { shop in
            let identity = #"{"user":"ann"}"#
            func status(_ body: String, _ key: String, _ origin: String) async throws -> Int {
                let headers: HTTPHeaders = ["Origin": origin, "Prefer": "handling=strict"]
                return try await shop.post(body, to: "/api/v1/identify", key: key, headers).status
            }
            #expect(try await status(identity, shop.write, "https://elsewhere.example") == 403)
            #expect(try await status(identity, shop.read, "https://shop.example") == 403)
            #expect(try await status(#"{"traits":{}}"#, shop.write, "https://shop.example") == 400)
            let old = #"{"user":"ann","timestamp":\#(1_700_000_000)}"#
            #expect(try await status(old, shop.write, "https://shop.example") == 400)
            let persons = try await shop.values("SELECT count(*) FROM person")
            #expect(persons == ["0"])
        }
    }
}
