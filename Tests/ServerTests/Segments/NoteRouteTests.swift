import Foundation
import NIOHTTP1
import Support
import Testing

/// `/api/v1/notes` and `/api/v1/notes/{id}`.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct NoteRouteTests {
    private static let path = "/api/v1/notes"

    private static func authorized(_ key: String) -> HTTPHeaders { ["Authorization": "Bearer \(key)"] }

    @Test func notesAreAddedListedAndRemoved() async throws {
        try await CollectServer.with { shop in
            let note = #""date":"2026-02-28","text":"Version 2\nis \"out\"""#
            let added = try await shop.post("{\(note)}", to: Self.path, key: shop.trusted)
            #expect(added.status == 201)
            #expect(added.body == #"{"id":1,"date":"2026-02-28","text":"Version 2\u000ais \"out\""}"#)
            let early = #"{"site":"shop","date":"2026-01-05","text":"a"}"#
            #expect(try await shop.post(early, to: Self.path, key: shop.trusted).status == 201)
            let first = #"{"id":2,"date":"2026-01-05","text":"a"}"#
            for (query, notes) in [
                ("", "\(first),\(added.body)"), ("?from=2026-01-06", added.body), ("?to=2026-02-27&site=shop", first),
                ("?from=2026-03-01", ""),
            ] {
                let listed = try await shop.ask(Self.path + query)
                #expect(listed.body == #"{"site":"shop","notes":[\#(notes)]}"#, "\(query)")
            }
            for (key, status) in [(nil, 401), (shop.write, 403), (shop.read, 403)] as [(String?, Int)] {
                #expect(try await shop.post(early, to: Self.path, key: key).status == status)
                let headers = key.map(Self.authorized) ?? [:]
                #expect(try await shop.server.ask(.DELETE, Self.path + "/1", headers).status == status)
            }
            #expect(try await shop.server.ask(.DELETE, Self.path + "/1", Self.authorized(shop.other)).status == 404)
            #expect(try await shop.server.ask(.DELETE, Self.path + "/1", Self.authorized(shop.trusted)).status == 204)
            #expect(try await shop.server.ask(.DELETE, Self.path + "/x", Self.authorized(shop.trusted)).status == 404)
            #expect(try await shop.ask(Self.path).body == #"{"site":"shop","notes":[\#(first)]}"#)
        }
    }

    @Test func whatIsNoNoteIsRefused() async throws {
        try await CollectServer.with { shop in
            for (body, field) in [
                ("[]", "body"), ("{}", "date"), (#"{"date":"2026-02-29","text":"a"}"#, "date"),
                (#"{"date":"2026-1-5","text":"a"}"#, "date"), (#"{"date":20260105,"text":"a"}"#, "date"),
                (#"{"date":"2026-01-05"}"#, "text"), (#"{"date":"2026-01-05","text":""}"#, "text"),
                (#"{"date":"2026-01-05","text":"a\u0000"}"#, "text"),
                (#"{"date":"2026-01-05","text":"\#(String(repeating: "ä", count: 501))"}"#, "text"),
                (#"{"date":"2026-01-05","text":"a","time":"b"}"#, "time"),
            ] {
                let answer = try await shop.post(body, to: Self.path, key: shop.trusted)
                #expect(answer.status == 400)
                #expect(answer.body.contains(#""field":"\#(field)""#), "\(body) \(answer.body)")
            }
            for (query, field) in [("from=x", "from"), ("to=2026-02-30", "to"), ("to=", "to")] {
                let answer = try await shop.ask("\(Self.path)?\(query)")
                #expect(answer.status == 400)
                #expect(answer.body.contains(#""field":"\#(field)""#), "\(query) \(answer.body)")
            }
            #expect(
                try await shop.post(
                    #"{"date":"2026-01-05","text":"\#(String(repeating: "ä", count: 500))"}"#,
                    to: Self.path,
                    key: shop.trusted
                ).status == 201
            )
        }
    }
}
