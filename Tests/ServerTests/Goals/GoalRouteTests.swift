import Foundation
import NIOHTTP1
import Schema
import Support
import Testing

/// `/api/v1/goals` and `/api/v1/goals/{id}`.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct GoalRouteTests {
    private static let path = "/api/v1/goals"

    private static func authorized(_ key: String) -> HTTPHeaders { ["Authorization": "Bearer \(key)"] }

    @Test(arguments: Flavour.allCases)
    func goalsAreAddedListedAndRemoved(flavour: Flavour) async throws {
        try await CollectServer.with(flavour) { shop in
            let added = try await shop.post(#"{"event":"Signup","currency":"EUR"}"#, to: Self.path, key: shop.trusted)
            #expect(added.status == 201)
            #expect(added["Content-Type"] == "application/json")
            #expect(added.body == #"{"id":1,"name":"Signup","event":"Signup","currency":"EUR"}"#)
            let post = #""page":"/blog/**","scroll":50,"display":"Any post","properties":{"b":"2","a":"1"}"#
            let second = try await shop.post(
                #"{"site":"shop",\#(post),"event":null}"#,
                to: Self.path,
                key: shop.trusted
            )
            let shown =
                #"{"id":2,"name":"Any post","page":"/blog/**","scroll":50,"display":"Any post","#
                + #""properties":{"a":"1","b":"2"}}"#
            #expect(second.body == shown)
            // The server that added them lists them at once.
            for (key, query) in [(shop.read, "?site=shop"), (shop.trusted, "")] {
                let listed = try await shop.server.ask(.GET, Self.path + query, Self.authorized(key))
                #expect(listed.status == 200)
                #expect(listed.body == #"{"site":"shop","goals":[\#(added.body),\#(shown)]}"#)
            }
            let removed = try await shop.server.ask(.DELETE, Self.path + "/1", Self.authorized(shop.trusted))
            #expect(removed.status == 204)
            #expect(removed.body.isEmpty)
            let left = try await shop.ask(Self.path)
            #expect(left.body == #"{"site":"shop","goals":[\#(shown)]}"#)
            #expect(try await shop.values("SELECT name FROM goal") == ["Any post"])
        }
    }

    @Test func aGoalThatIsThereIsAConflict() async throws {
        try await CollectServer.with { shop in
            for status in [201, 409] {
                let answer = try await shop.post(#"{"page":"/a"}"#, to: Self.path, key: shop.trusted)
                #expect(answer.status == status)
                if status == 409 { #expect(answer.body.contains("the site has a goal Visit /a already")) }
            }
            #expect(try await shop.post(#"{"page":"/a"}"#, to: Self.path, key: shop.other).status == 201)
        }
    }

    @Test func nobodyElseChangesGoals() async throws {
        try await CollectServer.with(settings: #"{"public":true}"#) { shop in
            let goal = #"{"event":"Signup"}"#
            let added = try await shop.post(goal, to: Self.path, key: shop.trusted)
            #expect(added.status == 201)
            for (key, status) in [(nil, 401), ("hgs_x", 401), (shop.write, 403), (shop.read, 403)] {
                #expect(try await shop.post(#"{"event":"a"}"#, to: Self.path, key: key).status == status)
                let headers = key.map(Self.authorized) ?? [:]
                #expect(try await shop.server.ask(.DELETE, Self.path + "/1", headers).status == status)
                // Goals are shown to keys that read, and not to everybody who may ask for counts.
                let shown = key == shop.read ? 200 : status
                #expect(try await shop.server.ask(.GET, Self.path + "?site=shop", headers).status == shown)
            }
            #expect(try await shop.post(#"{"site":"shop","event":"a"}"#, to: Self.path, key: shop.other).status == 403)
            #expect(try await shop.post(goal, to: Self.path + "?site=shop", key: shop.other).status == 403)
            #expect(try await shop.post(goal, to: Self.path + "?key=\(shop.write)").status == 401)
            #expect(try await shop.server.ask(.DELETE, Self.path + "/1", Self.authorized(shop.other)).status == 404)
            #expect(try await shop.values("SELECT name FROM goal") == ["Signup"])
        }
    }

    private static let noGoals: [(body: String, field: String)] = [
        ("", "body"), ("[]", "body"), ("{", "body"),
        (#"{"event":"\#(String(repeating: "a", count: 70_000))"}"#, "body"),
        ("{}", "event"), (#"{"event":""}"#, "event"), (#"{"event":1}"#, "event"),
        (#"{"event":"a","page":"/"}"#, "page"),
        (#"{"page":"a"}"#, "page"), (#"{"page":"/a","scroll":0}"#, "scroll"),
        (#"{"page":"/a","scroll":1.5}"#, "scroll"),
        (#"{"event":"a","scroll":5}"#, "scroll"), (#"{"event":"a","display":"a\u0000"}"#, "display"),
        (#"{"event":"a","properties":{"a":1}}"#, "properties"), (#"{"event":"a","properties":[]}"#, "properties"),
        (#"{"event":"a","currency":"euro"}"#, "currency"), (#"{"event":"a","colour":"red"}"#, "colour"),
        (#"{"event":"a","site":"UPPER"}"#, "site"), (#"{"event":"a","site":2}"#, "site"),
    ]

    @Test func whatIsNoGoalIsRefused() async throws {
        try await CollectServer.with { shop in
            for (body, field) in Self.noGoals {
                let answer = try await shop.post(body, to: Self.path, key: shop.trusted)
                #expect(answer.status == 400, "\(body)")
                #expect(answer.body.contains(#""field":"\#(field)""#), "\(answer.body)")
                #expect(try await shop.values("SELECT name FROM goal") == [])
            }
        }
    }

    @Test func aGoalThatIsNoneIsNotFound() async throws {
        try await CollectServer.with { shop in
            for id in ["0", "1", "x", "-1", "99999999999", "99999999999999999999"] {
                let answer = try await shop.server.ask(.DELETE, "\(Self.path)/\(id)", Self.authorized(shop.trusted))
                #expect(answer.status == 404, "\(id)")
            }
        }
    }

    @Test func withoutADatabaseNothingIsChanged() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(#"{"event":"a"}"#, to: Self.path, key: shop.trusted).status == 201)
            try await shop.database.breakConnections(allow: false)
            let added = try await shop.post(#"{"event":"b"}"#, to: Self.path, key: shop.trusted)
            let removed = try await shop.server.ask(.DELETE, Self.path + "/1", Self.authorized(shop.trusted))
            for answer in [added, removed] {
                #expect(answer.status == 503)
                #expect(answer["Retry-After"] == "1")
            }
            // Goals are shown from memory.
            #expect(try await shop.ask(Self.path).status == 200)
            try await shop.database.breakConnections(allow: true)
        }
    }
}
