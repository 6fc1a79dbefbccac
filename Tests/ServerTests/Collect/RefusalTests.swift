import Analytics
import Foundation
import HTTP
import NIOHTTP1
import Schema
import Server
import Support
import Testing

/// The reasons for which `/api/v1/events` refuses a hit, each with its answer.
@Suite(.needsPostgres)
struct RefusalTests {
    enum Key: Sendable { case none, write, trusted, read, other, unknown, nonsense }

    struct Case: Sendable {
        let body: String
        var key = Key.write
        var headers: [String: String] = [:]
        let status: Int
        let reason: String
    }

    private static func page(_ fields: String = "") -> String {
        #"{"url":"https://shop.example/a"\#(fields.isEmpty ? "" : ",")\#(fields)}"#
    }

    private static let now = Int(Date().timeIntervalSince1970)

    private static let cases: [Case] = [
        Case(body: page(), key: .none, status: 204, reason: "site: missing"),
        Case(body: page(#""site":"nobody""#), key: .none, status: 204, reason: "site: no site of this name"),
        Case(body: page(#""site":"No Body""#), status: 204, reason: "site: not 1 to 100"),
        Case(body: page(#""site":"other""#), status: 403, reason: "key: of another site"),
        Case(body: page(#""site":"shop""#), key: .other, status: 403, reason: "key: of another site"),
        Case(body: page(), key: .read, status: 403, reason: "key: not of the scope"),
        Case(body: page(), key: .unknown, status: 401, reason: "key: unknown or revoked"),
        Case(body: page(), key: .nonsense, status: 401, reason: "key: unknown or revoked"),
        Case(body: page(#""key":"hgw_x""#), status: 401, reason: "key: unknown or revoked"),
        Case(body: #"{"url":"https://evil.example/a"}"#, status: 403, reason: "host: not a host of the site"),
        Case(
            body: page(),
            headers: ["Origin": "https://evil.example"],
            status: 403,
            reason: "host: not sent by a page of the site"
        ),
        Case(body: page(), headers: ["Origin": "null"], status: 403, reason: "host: not sent by a page of the site"),
        Case(body: page(#""name":"""#), status: 204, reason: "name: "),
        Case(
            body: page(#""name":"\#(String(repeating: "x", count: 121))""#),
            status: 204,
            reason: "name: not 1 to 120 characters"
        ),
        Case(body: page(#""user":"""#), status: 204, reason: "user: empty"),
        Case(body: page(#""timestamp":"soon""#), status: 204, reason: "timestamp: "),
        Case(body: page(#""timestamp":\#(now - 90_000)"#), status: 204, reason: "timestamp: further back"),
        Case(body: page(#""timestamp":\#(now + 90_000)"#), status: 204, reason: "timestamp: too far in the future"),
        Case(body: page(#""age":86400001"#), status: 204, reason: "age: out of range"),
        Case(body: page(#""age":1,"timestamp":\#(now)"#), status: 204, reason: "age: "),
        Case(body: page(#""id":"a b""#), status: 204, reason: "id: not 1 to 128"),
        Case(body: "{", status: 204, reason: "body: malformed JSON"),
        Case(body: "7", status: 204, reason: "body: not a JSON object"),
    ]

    @Test func everyReasonHasItsAnswer() async throws {
        try await CollectServer.with { shop in
            for row in Self.cases {
                let key: String? =
                    switch row.key {
                    case .none: nil
                    case .write: shop.write
                    case .trusted: shop.trusted
                    case .read: shop.read
                    case .other: shop.other
                    case .unknown: "hgw_" + String(repeating: "A", count: 43)
                    case .nonsense: "abc"
                    }
                let headers = HTTPHeaders(Array(row.headers))
                let answer = try await shop.post(row.body, key: key, headers)
                #expect(answer.status == row.status, "\(row.body) \(answer.body)")
                if row.status == 204 {
                    #expect(
                        answer["Analytics-Rejected"]?.hasPrefix(row.reason) == true,
                        "\(row.body) \(answer.headers)"
                    )
                } else {
                    let (field, reason) = (row.reason.prefix { $0 != ":" }, row.reason.drop { $0 != " " }.dropFirst())
                    #expect(answer.body.contains(#""field":"\#(field)""#), "\(answer.body)")
                    #expect(answer.body.contains(reason), "\(answer.body)")
                }
                // One line of many is rejected alone.
                guard row.body.first == "{", row.body.count > 1 else { continue }
                var listed = headers
                listed.replaceOrAdd(name: "Content-Type", value: "application/x-ndjson")
                let many = try await shop.post(row.body + "\n", key: key, listed)
                #expect(many.status == 200, "\(row.body) \(many.body)")
                #expect(many.body.contains(#""accepted":0,"rejected":1"#), "\(many.body)")
            }
            #expect(try await shop.values("SELECT count(*) FROM hit") == ["0"])
        }
    }

    @Test func aSiteMayBeClosed() async throws {
        try await CollectServer.with(settings: #"{"open": false}"#) { shop in
            let body = #"{"site":"shop","url":"https://shop.example/"}"#
            let refused = try await shop.post(body)
            #expect(refused.status == 401)
            #expect(refused["WWW-Authenticate"] == "Bearer")
            #expect(try await shop.post(body, key: shop.write).status == 204)
            #expect(try await shop.values("SELECT count(*) FROM hit") == ["1"])
        }
    }

    @Test func theDailyCapEndsTheDay() async throws {
        try await CollectServer.with(settings: #"{"daily_cap": 2}"#) { shop in
            for expected in [nil, nil, "site: daily cap"] as [String?] {
                let answer = try await shop.post(#"{"user":"a"}"#, key: shop.trusted)
                #expect(answer.status == 204)
                #expect(answer["Analytics-Rejected"] == expected)
            }
            #expect(try await shop.values("SELECT count(*) FROM hit") == ["2"])
        }
    }

    @Test func theRateOfASenderIsLimited() async throws {
        var settings = ServerSettings()
        settings.senderRate = Rate(perSecond: 1, burst: 2)
        try await CollectServer.with(.postgres, settings: "{}", zone: "UTC", settings) { shop in
            // However slow the machine is, it reads the lines of a body within a second.
            let lines = Array(repeating: Self.page(), count: 20).joined(separator: ",")
            let many = try await shop.post("[\(lines)]", key: shop.write)
            #expect(many.body.contains(#""field":"key","reason":"too many hits with this key from this address""#))
            #expect(try await ["2", "3"].contains(shop.values("SELECT count(*) FROM hit").first))
            for _ in 1...5 { #expect(try await shop.post(Self.page(), key: shop.trusted).status == 204) }
        }
    }

    /// The owner of a site sees what was refused and why, without any part of the sender's address.
    @Test func refusalsAreShown() async throws {
        try await CollectServer.with { shop in
            _ = try await shop.post(#"{"url":"https://evil.example/x?a=1","ip":"203.0.113.77"}"#, key: shop.write)
            _ = try await shop.post(#"{"site":"nobody"}"#)
            let asking: HTTPHeaders = ["Authorization": "Bearer \(shop.read)"]
            try await eventually {
                try await shop.server.ask(.GET, "/api/v1/refusals", asking).body.contains("evil.example")
            }
            let answer = try await shop.server.ask(.GET, "/api/v1/refusals?site=shop", asking)
            #expect(answer.status == 200)
            #expect(answer.body.contains(#""reason":"host: not a host of the site","count":1"#), "\(answer.body)")
            #expect(!answer.body.contains("203.0.113"))
            #expect(try await shop.values("SELECT count FROM refusal WHERE site_id = 0") == ["1"])
            for headers in [[:], ["Authorization": "Bearer \(shop.write)"]] as [HTTPHeaders] {
                let refused = try await shop.server.ask(.GET, "/api/v1/refusals?site=shop", headers)
                #expect(refused.status == (headers.isEmpty ? 401 : 403))
            }
        }
    }
}
