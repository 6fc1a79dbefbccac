import Analytics
import NIOHTTP1
import Schema
import Server
import Support
import Testing

/// `/api/v1/shares`, by which admins manage share links.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct ShareRouteTests {
    private static let page: HTTPHeaders = ["Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"]
    private static let path = "/api/v1/shares?site=shop"

    @Test func linksAreAddedChangedAndRevoked() async throws {
        try await TestBrowser.withAdmin { admin in
            let new = #"{"label":"press","filters":[["is","visit:country",["DE"]]],"password":"correct horse battery"}"#
            let added = try await admin.ask(.POST, Self.path, Self.page, body: new)
            let form =
                #/"id":(\d+),"label":"press","filters":\[\["is","visit:country",\["DE"\]\]\],"has_password":true,"share":"(hgl_[\w-]{43})"/#
            let match = added.body.firstMatch(of: form)
            let (id, link) = try #require(match.map { (String($0.1), String($0.2)) })
            #expect(added.status == 201)
            let closed = try await admin.server.ask(.GET, "/share/\(link)")
            #expect(closed.status == 401)
            let listed = try await admin.ask(.GET, Self.path)
            #expect(listed.body.contains(#""has_password":true"#), "\(listed.body)")
            #expect(!listed.body.contains("scrypt") && !listed.body.contains("hgl_"), "\(listed.body)")
            let own = "/api/v1/shares/\(id)?site=shop"
            let opened = try await admin.ask(.PATCH, own, Self.page, body: #"{"password":null}"#)
            #expect(opened.status == 200 && opened.body.contains(#""has_password":false"#), "\(opened.body)")
            #expect(try await admin.server.ask(.GET, "/share/\(link)").status == 200)
            let locked = try await admin.ask(.PATCH, own, Self.page, body: #"{"password":"another long word"}"#)
            #expect(locked.status == 200 && locked.body.contains(#""has_password":true"#), "\(locked.body)")
            #expect(try await admin.server.ask(.GET, "/share/\(link)").status == 401)
            let foreign = "/api/v1/shares/\(id)?site=default"
            #expect(try await admin.ask(.PATCH, foreign, Self.page, body: #"{"password":null}"#).status == 404)
            #expect(try await admin.ask(.DELETE, foreign, Self.page).status == 404)
            #expect(try await admin.ask(.DELETE, own, Self.page).status == 204)
            #expect(try await admin.ask(.DELETE, own, Self.page).status == 404)
            #expect(try await admin.ask(.PATCH, own, Self.page, body: #"{"password":null}"#).status == 404)
            #expect(try await admin.server.ask(.GET, "/share/\(link)").status == 404)
        }
    }

    @Test func whatIsNoLinkIsRefused() async throws {
        try await TestBrowser.withAdmin { admin in
            for (body, field) in [
                ("[]", "body"), (#"{"colour":"red"}"#, "colour"), (#"{"label":1}"#, "label"),
                (#"{"label":"\#(String(repeating: "x", count: 101))"}"#, "label"),
                (#"{"password":"short"}"#, "password"), (#"{"password":7}"#, "password"),
                (#"{"filters":[["is","event:goal",["x"]]]}"#, "filters"), (#"{"filters":1}"#, "filters"),
            ] {
                let answer = try await admin.ask(.POST, Self.path, Self.page, body: body)
                #expect(answer.status == 400 && answer.body.contains(#""field":"\#(field)""#), "\(body) \(answer.body)")
            }
            let plain = try await admin.ask(.POST, Self.path, Self.page, body: "{}")
            #expect(plain.status == 201 && plain.body.contains(#""filters":[],"has_password":false"#), "\(plain.body)")
            for (body, field) in [
                ("{}", "password"), ("[]", "body"), (#"{"password":"short"}"#, "password"),
                (#"{"password":1}"#, "password"), (#"{"label":"x"}"#, "label"),
            ] {
                let answer = try await admin.ask(.PATCH, "/api/v1/shares/1?site=shop", Self.page, body: body)
                #expect(answer.status == 400 && answer.body.contains(#""field":"\#(field)""#), "\(body) \(answer.body)")
            }
        }
    }
}
