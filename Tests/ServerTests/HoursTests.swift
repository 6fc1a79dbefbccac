import NIOHTTP1
import Support
import Testing

/// The lists of `/api/v1/hours`.
@Suite(.needsPostgres)
struct HoursTests {
    private static let events = [(1_223_564_400, "a", "click"), (1_223_564_460, "b", "impression")]

    private static let cases: [(String, String)] = [
        (
            "from=1223564400&to=1223564520&step=1m",
            #"[{"at":1223564400,"unique_users":1,"clicks":1,"impressions":0},"#
                + #"{"at":1223564460,"unique_users":2,"clicks":1,"impressions":1},"#
                + #"{"at":1223564520,"unique_users":2,"clicks":1,"impressions":1}]"#
        ),
        (
            "from=1223568000001&to=1223568000001&step=1d",
            #"[{"at":1223568000001,"unique_users":1,"clicks":0,"impressions":1}]"#
        ),
        (
            "from=2008-10-09T15:00:59.5Z&to=2008-10-09T17:01:00%2B01:00&step=1s&format=csv",
            "at,unique_users,clicks,impressions\r\n2008-10-09T15:00:59.500Z,1,1,0\r\n2008-10-09T15:01:00.500Z,2,1,1\r\n"
        ),
        (
            "from=1223564400&to=1223564400&step=30s&format=ndjson&site=default",
            "{\"at\":1223564400,\"unique_users\":1,\"clicks\":1,\"impressions\":0}\n"
        ),
    ]

    private static let refusals: [(String, String)] = [
        ("to=1&step=1s", "from"), ("from=1&step=1s", "to"), ("from=1&to=2", "step"), ("from=x&to=2&step=1s", "from"),
        ("from=2&to=1&step=1s", "to"), ("from=0&to=1000000000&step=1d", "to"), ("from=0&to=100000&step=1s", "step"),
        ("from=1&to=2&step=2d", "step"), ("from=1&to=2&step=0s", "step"), ("from=1&to=2&step=5", "step"),
        ("from=1&to=2&step=99999999999999999999d", "step"), ("from=1&to=2&step=1s&format=xml", "format"),
        ("from=1&to=2&step=1s&colour=red", "colour"), ("from=1&to=2&step=1s&site=%20", "site"),
    ]

    @Test func haveTheCountsOfEachHour() async throws {
        try await RunningServer.with { server in
            for (time, user, kind) in Self.events {
                _ = try await server.ask(.POST, "/analytics?timestamp=\(time)&user=\(user)&event=\(kind)")
            }
            for (question, expected) in Self.cases {
                let answer = try await server.ask(.GET, "/api/v1/hours?\(question)")
                #expect(answer.status == 200, "\(question) \(answer.body)")
                #expect(answer.body.hasPrefix(expected), "\(question) \(answer.body)")
            }
            for (question, field) in Self.refusals {
                let answer = try await server.ask(.GET, "/api/v1/hours?\(question)")
                #expect(answer.status == 400, "\(question) \(answer.body)")
                #expect(answer.body.contains(#""field":"\#(field)""#), "\(question) \(answer.body)")
            }
            let most = try await server.ask(.GET, "/api/v1/hours?from=1223500000&to=1223599999&step=1s&format=csv")
            #expect(most.status == 200)
            #expect(most.body.split(separator: "\r\n").count == 100_001)
        }
    }

    @Test func needAKeyOfTheSite() async throws {
        let path = "/api/v1/hours?from=1&to=1&step=1s&site=shop"
        try await CollectServer.with { shop in
            #expect(try await shop.ask(path).status == 200)
            #expect(try await shop.server.ask(.GET, path).status == 401)
            for key in [shop.write, shop.trusted, shop.other] {
                let answer = try await shop.server.ask(.GET, path, ["Authorization": "Bearer \(key)"])
                #expect(answer.status == 403)
            }
        }
        try await CollectServer.with(settings: #"{"public":true}"#) { shop in
            let answer = try await shop.server.ask(.GET, path)
            #expect(answer.status == 200)
        }
    }
}
