import Analytics
import Foundation
import HTTP
import NIOHTTP1
import Schema
import Server
import Support
import Testing

/// The image `/pixel.gif`, which is a hit.
@Suite(.needsPostgres)
struct PixelTests {
    private static let agent: HTTPHeaders = ["User-Agent": CollectServer.firefox]

    private func rows(_ shop: CollectServer) async throws -> [String?] {
        try await shop.values(
            """
            SELECT concat_ws('|', name.text, host.text, path.text, title.text, props ->> 'plan') FROM hit
              JOIN name ON name.id = name_id LEFT JOIN host ON host.id = host_id
              LEFT JOIN path ON path.id = path_id LEFT JOIN title ON title.id = title_id
            """
        )
    }

    /// Every answer is the image, which no cache keeps and every page may embed.
    private func expectImage(_ answer: HTTPAnswer, _ reason: String? = nil, _ target: String = "") {
        #expect(answer.status == 200, "\(target)")
        #expect(answer["Content-Type"] == "image/gif")
        #expect(answer["Cache-Control"] == "no-store")
        #expect(answer["Cross-Origin-Resource-Policy"] == "cross-origin")
        #expect(answer["Content-Length"] == "43")
        #expect(answer["Analytics-Rejected"] == reason, "\(target)")
    }

    @Test func aHitIsStored() async throws {
        try await CollectServer.with { shop in
            let url = "url=https%3A%2F%2Fshop.example%2Fmen%C3%BC"
            for (query, row) in [
                ("site=shop&\(url)&title=Menu", "pageview|shop.example|/menü|Menu"),
                ("key=\(shop.write)&name=Sign+up&props=%7B%22plan%22%3A%22a%22%7D", "Sign up|a"),
                ("site=shop&name=b&props.plan=b", "b|b"),
            ] {
                let answer = try await shop.server.ask(.GET, "/pixel.gif?\(query)", Self.agent)
                expectImage(answer, nil, query)
                #expect(answer.body.hasPrefix("GIF89a"))
                #expect(try await rows(shop).contains(row), "\(query)")
            }
            let metrics = try await shop.server.ask(.GET, "/metrics")
            #expect(metrics.body.contains("hourglass_hits_accepted_total 3\n"))
        }
    }

    @Test func headStoresNothing() async throws {
        try await CollectServer.with { shop in
            for query in ["?site=shop", "?site=nobody", ""] {
                let answer = try await shop.server.ask(.HEAD, "/pixel.gif\(query)", Self.agent)
                expectImage(answer)
                #expect(answer.body.isEmpty)
            }
            #expect(try await rows(shop) == [])
        }
    }

    @Test func theReasonOfARefusalIsInTheHeader() async throws {
        try await CollectServer.with(settings: #"{"open": false, "public": true}"#) { shop in
            let unknown = "hgw_" + String(repeating: "A", count: 43)
            for (query, reason) in [
                ("", "site: missing"), ("?site=nobody", "site: no site of this name"),
                ("?site=shop", "key: the site takes nothing without a key"),
                ("?key=\(unknown)", "key: unknown or revoked"),
                ("?key=\(shop.trusted)", "key: not of the scope that this needs"),
                ("?key=\(shop.read)", "key: not of the scope that this needs"),
                ("?key=\(shop.write)&site=other", "key: of another site"),
                ("?key=\(shop.write)&url=https://evil.example/", "host: not a host of the site"),
                ("?key=\(shop.write)&name=", "name: not 1 to 120 characters"),
                ("?key=\(shop.write)&timestamp=1", "timestamp: further back than the site takes without a server key"),
                ("?key=\(shop.write)&user=%FF", "user: not valid UTF-8"),
            ] {
                expectImage(try await shop.server.ask(.GET, "/pixel.gif\(query)", Self.agent), reason, query)
            }
            #expect(try await rows(shop) == [])
            let metrics = try await shop.server.ask(.GET, "/metrics").body
            let labels = #"{field="host",reason="not a host of the site"}"#
            #expect(metrics.contains("hourglass_events_rejected_total\(labels) 1\n"))
            try await eventually {
                try await shop.values("SELECT count(*) FROM refusal WHERE reason LIKE 'host: %'") == ["1"]
            }
        }
    }

    /// Without scripts, a page cannot write its address into the query.
    @Test(
        arguments: [
            ("https://shop.example/a?utm_source=x", "pageview|shop.example|/a"),
            ("https://shop.example/", "pageview|shop.example|/"), ("https://evil.example/a", "pageview"),
            ("about:blank", "pageview"), ("", "pageview"),
        ]
    )
    func thePageIsTheOneThatEmbedsTheImage(referer: String, row: String) async throws {
        try await CollectServer.with { shop in
            var headers = Self.agent
            headers.add(name: "Referer", value: referer)
            expectImage(try await shop.server.ask(.GET, "/pixel.gif?site=shop", headers))
            #expect(try await rows(shop) == [row])
            let url = "https://shop.example/b"
            expectImage(try await shop.server.ask(.GET, "/pixel.gif?site=shop&name=b&url=\(url)", headers))
            #expect(try await rows(shop).contains("b|shop.example|/b"))
        }
    }

    @Test func tooManyHitsAreLimited() async throws {
        var settings = ServerSettings()
        settings.senderRate = Rate(perSecond: 1, burst: 1)
        try await CollectServer.with(.postgres, settings: "{}", zone: "UTC", settings) { shop in
            let target = "/pixel.gif?key=\(shop.write)"
            // However slow the machine is, it sends two of these within a second.
            var answer = try await shop.server.ask(.GET, target, Self.agent)
            for _ in 1...20 where answer.status == 200 { answer = try await shop.server.ask(.GET, target, Self.agent) }
            #expect(answer.status == 429)
            #expect(answer["Retry-After"] == "1")
            #expect(answer["Cache-Control"] == "no-store")
            #expect(answer["Cross-Origin-Resource-Policy"] == "cross-origin")
        }
    }

    @Test func whatCannotBeStoredIsNotAnsweredWithTheImage() async throws {
        try await CollectServer.with { shop in
            let target = "/pixel.gif?site=shop"
            expectImage(try await shop.server.ask(.GET, target, Self.agent))
            try await shop.database.breakConnections(allow: false)
            let answer = try await shop.server.ask(.GET, target, Self.agent)
            #expect(answer.status == 503)
            #expect(answer["Retry-After"] == "1")
            #expect(answer["Content-Type"] == "application/problem+json")
            #expect(answer["Cache-Control"] == "no-store")
            #expect(answer["Cross-Origin-Resource-Policy"] == "cross-origin")
            try await shop.database.breakConnections(allow: true)
        }
    }
}
