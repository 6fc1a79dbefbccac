import NIOHTTP1
import Support
import Testing

/// `GET /api/v1/events`, `/api/v1/visits` and `/api/v1/users`.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct ListRouteTests {
    private static let range = "site=shop&from=2026-01-05&to=2026-01-05"

    private static let cases: [(String, String)] = [
        (
            "events?\(range)&limit=1",
            #"{"events":[{"time":"2026-01-05T09:00:00.000Z","name":"pageview","host":"shop.example","path":"/","#
                + #""user":"ann","source":"Google","channel":"Organic Search","#
        ),
        ("visits?\(range)&limit=1", #"{"visits":[{"start":"2026-01-05T09:00:00.000Z","duration":330000,"visitor":""#),
        (
            "users?\(range)&format=ndjson&limit=1",
            #"{"user":"ann","first_seen":"2026-01-05T09:00:00.000Z","last_seen":"2026-01-05T09:05:30.000Z","traits":{},"#
                + #""cursor":"1767603600000-"#
        ),
        ("users?\(range)&format=csv", "user,first_seen,last_seen,traits,cursor\r\nann,2026-01-05T09:00:00.000Z,"),
        ("events?site=shop&from=2026-01-06&to=2026-01-06", #"{"events":[]}"#),
        ("visits?\(range)&format=csv", "start,duration,visitor,entry_host,entry_page,exit_host,exit_page,pageviews,"),
    ]

    private static let refusals: [(String, String)] = [
        ("events?site=shop&period=soon", "period"), ("events?site=shop&limit=0", "limit"),
        ("events?site=shop&limit=1001", "limit"), ("visits?site=shop&cursor=1-2", "cursor"),
        ("visits?site=shop&cursor=99999999999999999999-0-1", "cursor"), ("users?site=shop&format=xml", "format"),
        ("events?site=shop&bots=2", "bots"), ("events?site=shop&from=2026-01-01", "from"),
        ("events?site=shop&metrics=visitors", "metrics"), ("events?site=shop&tz=No/Where", "timezone"),
        ("events?site=%20", "site"), ("visits?site=shop&order=up", "order"), ("events?site=shop&order=desc", "order"),
        ("visits?site=shop&filter=colour==red", "filter"), ("visits?site=shop&filter=goal==Paid", "filter"),
        ("visits?site=shop&segment=9", "segment"), ("users?site=shop&filter=country==DE", "filter"),
    ]

    @Test func haveWhatWasSent() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            for (question, expected) in Self.cases {
                let answer = try await shop.ask("/api/v1/\(question)")
                #expect(answer.status == 200, "\(question) \(answer.body)")
                #expect(answer.body.hasPrefix(expected), "\(question) \(answer.body)")
            }
            for (question, field) in Self.refusals {
                let answer = try await shop.ask("/api/v1/\(question)")
                #expect(answer.status == 400, "\(question) \(answer.body)")
                #expect(answer.body.contains(#""field":"\#(field)""#), "\(question) \(answer.body)")
            }
        }
    }

    /// Pages by `Link`, and a stream that is torn and goes on, have the elements of the whole stream.
    @Test(arguments: ["events", "visits", "users"])
    func pagesHaveTheElementsOfTheStream(kind: String) async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let whole = try await shop.ask("/api/v1/\(kind)?\(Self.range)&format=ndjson")
            #expect(whole["Content-Type"] == "application/x-ndjson")
            #expect(whole["Content-Length"] == nil)
            let lines = whole.body.split(separator: "\n")
            #expect(lines.count == ["events": 10, "visits": 4, "users": 3][kind])

            var target: String? = "/api/v1/\(kind)?\(Self.range)&format=ndjson&limit=2"
            var pages = ""
            while let page = target {
                let answer = try await shop.ask(page)
                pages += answer.body
                target = answer["Link"].flatMap { $0.firstMatch(of: /<(.*)>; rel="next"/).map { String($0.1) } }
            }
            #expect(pages == whole.body)

            let cursor = try #require(lines[1].firstMatch(of: /"cursor":"([^"]*)"/)).1
            let rest = try await shop.ask("/api/v1/\(kind)?\(Self.range)&format=ndjson&cursor=\(cursor)")
            #expect(rest.body.split(separator: "\n") == Array(lines.dropFirst(2)))
            let json = try await shop.ask("/api/v1/\(kind)?\(Self.range)&limit=2")
            #expect(json.body.hasSuffix(#","next":"\#(cursor)"}"#))
            let head = try await shop.server.ask(
                .HEAD,
                "/api/v1/\(kind)?\(Self.range)&format=ndjson",
                ["Authorization": "Bearer \(shop.read)"]
            )
            #expect(head.status == 200 && head.body.isEmpty)
        }
    }

    @Test func needAKeyToReadOrOfAServer() async throws {
        try await CollectServer.with(settings: #"{"public":true}"#) { shop in
            for kind in ["events", "visits", "users"] {
                let path = "/api/v1/\(kind)?site=shop"
                for (key, status) in [(shop.read, 200), (shop.trusted, 200), (shop.write, 403), (shop.other, 403)] {
                    let answer = try await shop.server.ask(.GET, path, ["Authorization": "Bearer \(key)"])
                    #expect(answer.status == status, "\(kind) \(answer.body)")
                }
                #expect(try await shop.server.ask(.GET, path).status == 401)
                #expect(try await shop.server.ask(.GET, path, ["Authorization": "Bearer hgr_x"]).status == 401)
            }
        }
    }

    /// Clients that do not read what they asked for hold back the reading, not the reports; when they are gone others
    /// may ask.
    @Test(arguments: ["reset", "close"])
    func streamsAreFew(end: String) async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            try await shop.database.run(
                """
                INSERT INTO hit (ts, site_id, visitor, name_id, host_id, path_id, flags)
                SELECT ts + number * INTERVAL '1 ms', site_id, visitor, name_id, host_id, path_id, 1
                  FROM (SELECT * FROM hit LIMIT 1) AS hit, generate_series(1, 150000) AS number
                """
            )
            let path = "/api/v1/events?\(Self.range)&format=ndjson"
            let request = "GET \(path) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(shop.read)\r\n\r\n"
            try await RawConversation.with(port: shop.server.port) { first in
                try await first.send(request)
                #expect(try await first.answers(1).first?.status == 200)
                try await RawConversation.with(port: shop.server.port) { second in
                    try await second.send(request)
                    #expect(try await second.answers(1).first?.status == 200)
                    let third = try await shop.ask(path)
                    #expect(third.status == 503)
                    #expect(third["Retry-After"] == "10")
                    #expect(try await shop.ask(path + "&limit=1").status == 200)
                    // It is answered with 503 while the part of the day is still built.
                    try await eventually { try await shop.ask("/api/v1/stats?\(Self.range)").status == 200 }
                    if end == "reset" { try await second.reset() }
                }
                try await eventually { try await shop.ask(path + "&cursor=1767603899000-0-1").status == 200 }
            }
            let all = try await shop.ask(path)
            #expect(all.body.utf8.count { $0 == UInt8(ascii: "\n") } == 150_010)
        }
    }
}
