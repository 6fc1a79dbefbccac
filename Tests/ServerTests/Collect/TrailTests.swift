import Analytics
import Foundation
import NIOHTTP1
import Registry
import Schema
import Server
import Support
import Testing

/// The route of Trail's script.
@Suite(.needsPostgres)
struct TrailTests {
    private static let path = "/api/v1/register-new"
    private static let session = "0c5b1f0e-6f9f-4a6e-9b1d-1f1f0c1c7f11"

    private struct Answered: Decodable {
        let session_id: String
        let success: Bool
    }

    private static func body(_ key: String, _ type: String = "pageview", _ members: String = "") -> String {
        #"{"page_url":"https://shop.example/buy","event_type":"\#(type)","api_key":"\#(key)"\#(members)}"#
    }

    @Test func aFirstEventOpensASession() async throws {
        try await CollectServer.with { shop in
            let first = try await shop.post(Self.body(shop.write), to: Self.path)
            #expect(first.status == 200)
            #expect(first["Content-Type"] == "application/json")
            let answered = try JSONDecoder().decode(Answered.self, from: Data(first.body.utf8))
            #expect(first.body == #"{"session_id":"\#(answered.session_id)","success":true}"#)
            #expect(UUID(uuidString: answered.session_id) != nil)
            let params = #"{"plan":"pro","nested":{"a":[1,null]}}"#
            let members = #","session_id":"\#(answered.session_id)","custom_params":\#(params)"#
            let second = try await shop.post(Self.body(shop.write, "signup", members), to: Self.path)
            #expect(second.body == first.body)
            let other = try await shop.post(Self.body(shop.write, "other"), to: Self.path)
            #expect(other.body != first.body)
            let rows = try await shop.values(
                """
                SELECT concat_ws('|', name.text, path.text, props) FROM hit JOIN name ON name.id = name_id
                  JOIN path ON path.id = path_id ORDER BY name.text
                """
            )
            let props = #"{"plan": "pro", "nested": "{\"a\":[1,null]}"}"#
            #expect(rows == ["other|/buy", "pageview|/buy", "signup|/buy|" + props])
            let visitors = try await shop.values(
                "SELECT visitor::text FROM hit JOIN name ON name.id = name_id ORDER BY name.text"
            )
            #expect(visitors[1] == visitors[2])
            #expect(visitors[0] != visitors[1])
        }
    }

    /// The texts are on the wire of Trail's clients.
    @Test func refusalsAreThoseOfTrail() async throws {
        try await CollectServer.with { shop in
            let unknown = "6f0a1f0e9d534f6c8a3c6b9a3c1d7e42"
            for (body, status, answer) in [
                ("x", 400, #"{"success":false}"#), ("null", 400, #"{"success":false}"#),
                (
                    #"{"event_type":"x","api_key":"\#(shop.write)"}"#, 400,
                    #"{"error":"Malformed request - missing parameters - {'page_url'}","success":false}"#
                ),
                (
                    #"{"page_url":null,"event_type":"x"}"#, 400,
                    #"{"error":"Malformed request - missing parameters - {'page_url', 'api_key'}","success":false}"#
                ),
                (
                    #"{"page_url":[],"event_type":"x","api_key":"\#(shop.write)"}"#, 400,
                    #"{"error":"Malformed request","success":false}"#
                ),
                (Self.body(unknown), 404, #"{"error":"Invalid API key","success":false}"#),
                (Self.body("no"), 404, #"{"error":"Invalid API key","success":false}"#),
                (Self.body(shop.read), 404, #"{"error":"Invalid API key","success":false}"#),
                (
                    Self.body(shop.write, "x", #","session_id":"gone""#), 404,
                    #"{"error":"Invalid request","success":false}"#
                ),
                (Self.body(shop.write, ""), 400, #"{"error":"name: not 1 to 120 characters","success":false}"#),
                (
                    #"{"page_url":"https://evil.example/","event_type":"x","api_key":"\#(shop.write)"}"#, 403,
                    #"{"error":"host: not a host of the site","success":false}"#
                ),
            ] {
                let refused = try await shop.post(body, to: Self.path)
                #expect(refused.status == status, "\(body)")
                #expect(refused.body == answer, "\(body)")
                #expect(refused["Analytics-Rejected"] != nil)
            }
            let nameless = try await shop.server.ask(.POST, Self.path, body: Self.body(shop.write))
            #expect(nameless.status == 400)
            #expect(nameless.body == #"{"error":"Malformed request","success":false}"#)
            #expect(try await shop.values("SELECT count(*) FROM hit") == ["0"])
            try await eventually {
                try await shop.values("SELECT count FROM refusal WHERE reason LIKE 'host: %'") == ["1"]
            }
        }
    }

    @Test(arguments: ["application/json", "text/plain", "application/x-www-form-urlencoded"])
    func pagesOfOtherOriginsMaySend(type: String) async throws {
        try await CollectServer.with { shop in
            let preflight = try await shop.server.ask(
                .OPTIONS,
                Self.path,
                [
                    "Origin": "https://shop.example", "Access-Control-Request-Method": "POST",
                    "Access-Control-Request-Headers": "content-type",
                ]
            )
            #expect(preflight.status == 204)
            #expect(preflight["Access-Control-Allow-Origin"] == "*")
            #expect(preflight["Access-Control-Allow-Headers"] == "Content-Type, Content-Length")
            let headers: HTTPHeaders = ["Origin": "https://shop.example", "Content-Type": type]
            let answer = try await shop.post(Self.body(shop.write), to: Self.path, headers)
            #expect(answer.status == 200)
            #expect(answer["Access-Control-Allow-Origin"] == "*")
            let refused = try await shop.post("{}", to: Self.path, headers)
            #expect(refused.status == 400)
            #expect(refused["Access-Control-Allow-Origin"] == "*")
        }
    }

    /// A page keeps the key that it has: its text becomes a key of ours.
    @Test func aKeyOfOldIsTaken() async throws {
        try await CollectServer.with { shop in
            let text = "6f0a1f0e9d534f6c8a3c6b9a3c1d7e42"
            let old = try #require(KeyText(parsing: text))
            let digits = old.digest.map { String(Int($0) + 0x100, radix: 16).dropFirst() }.joined()
            try await shop.database.run("SELECT add_key('shop', 'write', 'Trail', '\(text)', '\\x\(digits)')")
            try await eventually {
                try await shop.post(Self.body(text), to: Self.path).status == 200
            }
            #expect(try await shop.values("SELECT site_id FROM hit") == ["2"])
        }
    }

    @Test func aRepetitionIsAnsweredTheSame() async throws {
        try await CollectServer.with { shop in
            let headers: HTTPHeaders = ["Idempotency-Key": "k"]
            let first = try await shop.post(Self.body(shop.write), to: Self.path, headers)
            let second = try await shop.post(Self.body(shop.write), to: Self.path, headers)
            #expect(second.body == first.body)
            #expect(second["Idempotency-Replayed"] == "true")
            #expect(try await shop.values("SELECT count(*) FROM hit") == ["1"])
        }
    }
}
