import Analytics
import NIOHTTP1
import Schema
import Server
import Support
import Testing

/// `/api/v1/site` and `/api/v1/keys`, by which admins change a site.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct AdministrationTests {
    private static let page: HTTPHeaders = ["Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"]

    @Test func aSiteIsChanged() async throws {
        try await TestBrowser.withAdmin { admin in
            let path = "/api/v1/site?site=shop"
            let before = try await admin.ask(.GET, path)
            #expect(before.status == 200 && before.body.contains(#""hostnames":[],"timezone":"UTC""#), "\(before.body)")
            let change = #"""
                {"hostnames":["example.com","*.example.com"],"timezone":"Europe/Vienna",\#
                "settings":{"public":true,"pages":["/user/*","/a"],"late_hours":48,"exclude":["192.0.2.0/24"]}}
                """#
            let changed = try await admin.ask(.PATCH, path, Self.page, body: change)
            #expect(changed.status == 200)
            for part in [
                #""hostnames":["example.com","*.example.com"],"timezone":"Europe/Vienna""#, #""public":true"#,
                #""pages":["/user/*","/a"]"#, #""late_hours":48"#, #""exclude":["192.0.2.0/24"]"#,
            ] {
                #expect(changed.body.contains(part), "\(part) \(changed.body)")
            }
            #expect(try await admin.ask(.GET, path).body == changed.body)
            let undone = try await admin.ask(.PATCH, path, Self.page, body: #"{"settings":{"late_hours":null}}"#)
            #expect(undone.body.contains(#""late_hours":24"#) && undone.body.contains(#""public":true"#))
            #expect(try await admin.ask(.PATCH, path, ["Content-Type": "application/json"], body: "{}").status == 403)
        }
    }

    private static let noChanges: [(body: String, field: String)] = [
        ("", "body"), ("[]", "body"), (#"{"name":"x"}"#, "name"), (#"{"hostnames":"a.de"}"#, "hostnames"),
        (#"{"hostnames":["a b"]}"#, "hostnames"), (#"{"timezone":1}"#, "timezone"),
        (#"{"timezone":"Moon/Base"}"#, "timezone"), (#"{"settings":[]}"#, "settings"),
        (#"{"settings":{"colour":"red"}}"#, "colour"), (#"{"settings":{"public":"x"}}"#, "public"),
        (#"{"settings":{"late_hours":-1}}"#, "late_hours"), (#"{"settings":{"pages":["/a,/b"]}}"#, "pages"),
        (#"{"settings":{"pages":[1]}}"#, "pages"), (#"{"settings":{"daily_cap":1e99}}"#, "daily_cap"),
    ]

    @Test func whatIsNoChangeIsRefused() async throws {
        try await TestBrowser.withAdmin { admin in
            for (body, field) in Self.noChanges {
                let answer = try await admin.ask(.PATCH, "/api/v1/site?site=shop", Self.page, body: body)
                #expect(answer.status == 400, "\(body)")
                #expect(answer.body.contains(#""field":"\#(field)""#), "\(answer.body)")
            }
        }
    }

    @Test func keysAreAddedAndRevoked() async throws {
        try await TestBrowser.withAdmin { admin in
            let path = "/api/v1/keys?site=shop"
            for (body, field) in [
                ("{}", "scope"), (#"{"scope":"all"}"#, "scope"), (#"{"scope":"read","label":1}"#, "label"),
            ] {
                let refused = try await admin.ask(.POST, path, Self.page, body: body)
                #expect(refused.status == 400 && refused.body.contains(#""field":"\#(field)""#), "\(refused.body)")
            }
            let added = try await admin.ask(.POST, path, Self.page, body: #"{"scope":"server","label":"shop"}"#)
            let form = #/"id":(\d+),"scope":"server","label":"shop","key":"(hgs_[\w-]{43})"/#
            let match = added.body.firstMatch(of: form)
            let (id, text) = try #require(match.map { (String($0.1), String($0.2)) })
            let listed = try await admin.ask(.GET, path)
            #expect(listed.body.contains(#""scope":"server","label":"shop","created":"#), "\(listed.body)")
            // A key sees and makes no keys.
            let bearer: HTTPHeaders = ["Authorization": "Bearer \(text)", "Content-Type": "application/json"]
            #expect(try await admin.server.ask(.GET, path, bearer).status == 403)
            #expect(try await admin.server.ask(.POST, path, bearer, body: #"{"scope":"read"}"#).status == 403)
            #expect(try await admin.server.ask(.GET, "/api/v1/goals", bearer).status == 200)
            #expect(try await admin.ask(.DELETE, "/api/v1/keys/\(id)?site=default", Self.page).status == 404)
            #expect(try await admin.ask(.DELETE, "/api/v1/keys/\(id)?site=shop", Self.page).status == 204)
            #expect(try await admin.ask(.DELETE, "/api/v1/keys/\(id)?site=shop", Self.page).status == 404)
            #expect(try await admin.server.ask(.GET, "/api/v1/goals", bearer).status == 401)
        }
    }
}
