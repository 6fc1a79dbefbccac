import Foundation
import HTTP
import NIOHTTP1
import Schema
import Server
import Support
import SystemPackage
import Testing

/// The place, the software and the origin of hits, from the request to the stored row.
@Suite(.needsPostgres)
struct EnrichmentTests {
    private static let geoDatabase = FilePath(
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../GeoIPTests/Fixtures/GeoIP2-City-Test.mmdb").standardized.path
    )
    private static let firefox = CollectServer.firefox

    private static let row = """
        SELECT concat_ws('|', country, region, city, continent, subdivision_2, latitude, longitude, radius, zone,
                         browser, device, language, source, channel, bot)
          FROM hourglass_read.hit
        """

    private func withShop(
        _ flavour: Flavour = .postgres,
        _ body: @Sendable (CollectServer) async throws -> Void
    ) async throws {
        var settings = ServerSettings()
        settings.http.clients.proxies = try TrustedProxies(parsing: "loopback")
        try await CollectServer.with(flavour, settings, geoDatabase: Self.geoDatabase, body)
    }

    /// A browser's hit has the place of the address that the trusted proxy names; neither address nor agent is stored.
    @Test(arguments: Flavour.allCases)
    func aHitOfABrowserHasPlaceLanguageAndOrigin(flavour: Flavour) async throws {
        try await withShop(flavour) { shop in
            let headers: HTTPHeaders = [
                "User-Agent": Self.firefox, "X-Forwarded-For": "2.125.160.216", "Accept-Language": "de-CH, en;q=0.5",
            ]
            let hit =
                #"{"url":"https://shop.example/a?utm_source=fb&utm_medium=cpc","referrer":"https://l.facebook.com/"}"#
            #expect(try await shop.post(hit, key: shop.write, headers).status == 204)
            let rows = try await shop.values(Self.row)
            let row = try #require(rows.first ?? nil)
            let place = "GB|GB-ENG|Boxford|EU|GB-WBK|51.75|-1.25|100|Europe/London"
            #expect(row.hasPrefix(place))
            #expect(row.hasSuffix("|de-CH|Facebook|Paid Social|f"))
            #expect(try await shop.values("SELECT path FROM hourglass_read.hit") == ["/a"])
        }
    }

    /// With a server key `ip` and `user_agent` tell; the headers of the server itself do not.
    @Test func aHitOfAServerHasThePlaceOfItsAddress() async throws {
        try await withShop { shop in
            let headers: HTTPHeaders = [
                "User-Agent": "curl/8.0", "X-Forwarded-For": "2.125.160.216", "Accept-Language": "fr",
            ]
            let hit = #"{"ip":"2001:480:10::1","user_agent":"\#(Self.firefox)"}"#
            #expect(try await shop.post("[\(hit),{}]", key: shop.trusted, headers).status == 200)
            let rows = try await shop.values("\(Self.row) ORDER BY country")
            #expect(rows.count == 2)
            #expect(rows[0]?.hasPrefix("US|US-CA|San Diego|NA|32.7203|-117.1552|20|America/Los_Angeles") == true)
            #expect(rows[1] == "f")
        }
    }

    @Test func botsAreStoredWithAFlagAndNoEvent() async throws {
        try await withShop { shop in
            let headers: HTTPHeaders = ["User-Agent": "curl/8.15.0"]
            let answer = try await shop.post(#"{"name":"click","user":"a"}"#, key: shop.write, headers)
            #expect(answer.status == 204)
            #expect(try await shop.values("SELECT bot::text || device FROM hourglass_read.hit") == ["truebot"])
            #expect(try await shop.values("SELECT count(*) FROM event") == ["0"])
        }
    }

    /// A hit with a referrer of the list is refused, which is counted; hosts below one of the list are of it.
    @Test func hitsWithMadeUpReferrersAreRefused() async throws {
        try await withScratch { file in
            try "# made up\nspam.example\n".write(toFile: file.string, atomically: true, encoding: .utf8)
            try await CollectServer.with(spamHosts: file) { shop in
                let answer = try await shop.post(#"{"referrer":"https://a.spam.example/x"}"#, key: shop.write)
                #expect(answer["Analytics-Rejected"] == "referrer: spam")
                let good = try await shop.post(#"{"referrer":"https://nospam.example/"}"#, key: shop.write)
                #expect(good["Analytics-Rejected"] == nil)
                #expect(try await shop.values("SELECT source FROM hourglass_read.hit") == ["nospam.example"])
            }
        }
    }

    /// The explanation names every detail that would be stored, and stores nothing.
    @Test func whoamiExplainsAHit() async throws {
        try await withShop { shop in
            let headers: HTTPHeaders = [
                "Authorization": "Bearer \(shop.write)", "User-Agent": Self.firefox, "X-Forwarded-For": "89.160.20.112",
                "Accept-Language": "sv",
            ]
            let path = "/api/v1/whoami?url=https://shop.example/&referrer=https://www.google.com/"
            let answer = try await shop.server.ask(.GET, path, headers)
            #expect(answer.status == 200)
            for text in [
                #""address":"89.160.20.112""#, #""country":"SE","country_name":"Sweden""#, #""european_union":true"#,
                #""tag":"sv","name":"Swedish","why":"it is the preferred one of the header Accept-Language""#,
                #""source":"Google","source_from":"referrer""#, #""channel":"Organic Search","channel_rule":12"#,
                #""why":"the GeoIP database has it for the address""#,
            ] {
                #expect(answer.body.contains(text), "\(text) in \(answer.body)")
            }
            #expect(!answer.body.contains("refused"))
            let stranger = try await shop.server.ask(.GET, "/api/v1/whoami", ["User-Agent": "curl/8.0"])
            for text in [#""refused":"site: missing""#, #""bot":{"#, "the user agent has the pattern"] {
                #expect(stranger.body.contains(text), "\(text) in \(stranger.body)")
            }
            let invalid = try await shop.server.ask(.GET, "/api/v1/whoami?name=", headers)
            #expect(invalid.status == 400)
            #expect(try await shop.values("SELECT count(*) FROM hit") == ["0"])
        }
    }
}
