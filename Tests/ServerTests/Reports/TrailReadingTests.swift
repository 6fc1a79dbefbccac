import Analytics
import NIOHTTP1
import Support
import Testing

@testable import Server

/// The numbers of days in the form of Trail.
@Suite(.needsPostgres)
struct TrailReadingTests {
    private static let path = "/api/v1/get-metrics/shop"
    /// The fifth of January 2026 in UTC.
    private static let day = "start_time=1767571200&end_time=1767657599.5"

    private static let whole =
        #""category_wise":{"Download":1,"Signup":1,"pageview":6},"pageviews":6,"total_events":8,"total_visitors":3"#
    private static let nothing =
        #""category_wise":{"Download":0,"Signup":0,"pageview":0},"pageviews":0,"total_events":0,"total_visitors":0"#

    @Test func everyDayHasTheSameMembers() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            for path in [Self.path, Self.path + "/"] {
                let answer = try await shop.ask("\(path)?\(Self.day)")
                #expect(answer.status == 200)
                #expect(answer.body == #"{"2026-01-05":{\#(Self.whole)},"success":true}"#, "\(answer.body)")
            }
            // Both days are whole, and there is none before or after.
            let days = try await shop.ask("\(Self.path)?start_time=1767528000&end_time=1767657600")
            #expect(
                days.body == #"{"2026-01-04":{\#(Self.nothing)},"2026-01-05":{\#(Self.whole)},"#
                    + #""2026-01-06":{\#(Self.nothing)},"success":true}"#,
                "\(days.body)"
            )
            let quiet = try await shop.ask("\(Self.path)?start_time=1767398400&end_time=1767398400")
            #expect(
                quiet.body == #"{"2026-01-03":{"category_wise":{},"pageviews":0,"total_events":0,"total_visitors":0},"#
                    + #""success":true}"#
            )
        }
    }

    @Test func daysAreThoseOfTheZone() async throws {
        try await CollectServer.with(zone: "Pacific/Auckland") { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let answer = try await shop.ask("\(Self.path)?\(Self.day)")
            #expect(
                answer.body == #"{"2026-01-05":{"category_wise":{"Download":1,"Signup":1,"pageview":4},"pageviews":4,"#
                    + #""total_events":6,"total_visitors":2},"2026-01-06":{"category_wise":{"Download":0,"Signup":0,"#
                    + #""pageview":2},"pageviews":2,"total_events":2,"total_visitors":1},"success":true}"#,
                "\(answer.body)"
            )
        }
        try await CollectServer.with(zone: "Pacific/Honolulu") { shop in
            let answer = try await shop.ask("\(Self.path)?start_time=1767571200&end_time=1767571200")
            #expect(answer.body.hasPrefix(#"{"2026-01-04":{"#), "\(answer.body)")
        }
    }

    @Test func eventsAreListedInOrder() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let path = "/api/v1/list-events/shop/"
            let signups = try await shop.ask("\(path)?event_type=Signup&\(Self.day)")
            #expect(signups.status == 200)
            let expected =
                #""time_entered":"Mon, 05 Jan 2026 09:05:30 GMT","user_agent":null,"#
                + #""page_url":"https://shop.example/pricing","event_type":"Signup","custom_data":"{\"plan\": \"pro\"}","project_id":"shop"}],"success":true}"#
            #expect(signups.body.hasSuffix(expected), "\(signups.body)")
            let all = try await shop.ask(path)
            #expect(all.body.split(separator: #""event_id""#).count == 11)
            let none = try await shop.ask("\(path)?end_time=1")
            #expect(none.body == #"{"events":[],"success":true}"#)
            for query in ["start_time=x", "start_time=2&end_time=1", "cursor=x"] {
                let answer = try await shop.ask("\(path)?\(query)")
                #expect(answer.status == 400 && answer.body.hasSuffix(#""success":false}"#), "\(answer.body)")
            }
        }
        try await CollectServer.with(settings: #"{"public":true}"#) { shop in
            // Single events are not for everybody.
            let answer = try await shop.server.ask(.GET, "/api/v1/list-events/shop")
            #expect(answer.status == 401)
        }
    }

    /// A list that is longer than an answer, with equal events in it, is gone through without loss.
    @Test func aLongListGoesOn() async throws {
        try await CollectServer.with { shop in
            let hit = #"{"url":"https://shop.example/","user":"ann","timestamp":"2026-01-05T09:00:00Z"}"#
            for _ in 0..<3 {
                let stored = try await shop.post(
                    "[" + Array(repeating: hit, count: 500).joined(separator: ",") + "]",
                    key: shop.trusted
                )
                #expect(stored.status == 200)
            }
            let first = try await shop.ask("/api/v1/list-events/shop")
            #expect(first.body.split(separator: #""event_id""#).count == 1001)
            let next = try #require(first.body.firstMatch(of: /"next":"([^"]*)"/)?.1)
            let second = try await shop.ask("/api/v1/list-events/shop?cursor=\(next)")
            #expect(second.body.split(separator: #""event_id""#).count == 501)
            #expect(!second.body.contains("next"))
        }
    }

    @Test func refusalsHaveTheFormOfTrail() async throws {
        try await CollectServer.with { shop in
            let invalid = #"{"error":"Invalid time parameter","success":false}"#
            for query in [
                "", "start_time=1", "end_time=1", "start_time=x&end_time=1", "start_time=2&end_time=1",
                "start_time=-1&end_time=1", "start_time=nan&end_time=1", "start_time=1&end_time=1e9",
                "start_time=1&end_time=999999999999", "start_time=&end_time=", "start_time=.&end_time=1",
            ] {
                let answer = try await shop.ask("\(Self.path)?\(query)")
                #expect(answer.status == 400 && answer.body == invalid, "\(query) \(answer.body)")
                #expect(answer["Content-Type"] == "application/json")
            }
            let long = try await shop.ask("\(Self.path)?start_time=0&end_time=1767571200")
            #expect(
                long.status == 400 && long.body.hasSuffix(#"ends after it starts","success":false}"#),
                "\(long.body)"
            )
            for (path, key, status, text) in [
                ("\(Self.path)/", nil, 401, "missing"), (Self.path, shop.trusted, 403, "not of the scope"),
                (Self.path, "hgr_x", 401, "unknown or revoked"),
                ("/api/v1/get-metrics/other", shop.read, 403, "of another site"),
                ("/api/v1/get-metrics/A", shop.read, 400, "not 1 to 100 of the characters"),
            ] {
                let headers = key.map { ["Authorization": "Bearer \($0)"] } ?? [:]
                let answer = try await shop.server.ask(.GET, "\(path)?\(Self.day)", .init(headers.map { $0 }))
                #expect(answer.status == status, "\(path) \(answer.body)")
                #expect(answer.body.hasPrefix(#"{"error":"\#(text)"#), "\(path) \(answer.body)")
                #expect((answer["WWW-Authenticate"] == "Bearer") == (status == 401))
            }
            #expect(try await shop.ask("\(Self.path)//?\(Self.day)").status == 404)
        }
    }

    /// A site with many names of events would fill gigabytes.
    @Test func anAnswerIsLimited() {
        func report(_ rows: [Report.Row], labels: Int) -> Report {
            Report(rows: rows, total: rows.count, labels: (0..<labels).map { "\($0)" })
        }
        let events = (0..<100).map { Report.Row(dimensions: ["0", "\($0)"], values: [.count(1), .count(0)]) }
        let fits = TrailMetrics(visitors: report([], labels: 1_000), events: report(events, labels: 1_000))
        #expect(fits != nil)
        let exceeds = TrailMetrics(visitors: report([], labels: 1_001), events: report(events, labels: 1_001))
        #expect(exceeds == nil)
    }
}
