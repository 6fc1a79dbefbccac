import Support
import Testing

/// The tables of `/api/v1/stats`.
@Suite(.needsPostgres)
struct TableTests {
    private static let range = "site=shop&from=2026-01-05&to=2026-01-05"

    private static let cases: [(String, String)] = [
        ("\(range)&metrics=visitors,pageviews", #"[{"visitors":3,"pageviews":6}]"#),
        (
            "\(range)&metrics=visitors,pageviews&by=page&format=csv",
            "event:page,visitors,pageviews\r\n/,3,3\r\n/pricing,2,2\r\n/blog,1,1\r\n"
        ),
        (
            "\(range)&metrics=visits&by=source&sort=visits,-source&limit=1&offset=1&format=ndjson",
            "{\"visit:source\":\"Google\",\"visits\":1}\n"
        ),
        ("\(range)&metrics=pageviews&filter=country!=US,DE", #"[{"pageviews":2}]"#),
        ("\(range)&metrics=pageviews&filter=country%21%3DUS&filter=page%3D%40pri", #"[{"pageviews":2}]"#),
        ("\(range)&metrics=events&filter=prop.plan==pro%2Cx,pro", #"[{"events":1}]"#),
        ("\(range)&metrics=visitors&filter=page=~%5E/b", #"[{"visitors":1}]"#),
        ("\(range)&metrics=visitors&by=hour&tz=Asia/Kathmandu", #"[{"time:hour":"2026-01-05 14:00:00","visitors":2},"#),
        (
            "site=shop&period=month&date=2026-01-31&by=week",
            #"[{"time:week":"2026-01-05","visitors":3}]"#
        ),
        ("site=shop&period=lastyear&date=2027-06-01", #"[{"visitors":3}]"#),
        ("site=shop&period=lastmonth&date=2026-02-28", #"[{"visitors":3}]"#),
    ]

    private static let refusals: [(String, String)] = [
        ("", "site"), ("site=shop&period=soon", "period"), ("site=shop&metrics=hits", "metrics"),
        ("site=shop&by=colour", "by"), ("site=shop&filter=country", "filter"), ("site=shop&filter=hour==1", "filter"),
        ("site=shop&filter=page==%FF", "filter"), ("site=shop&sort=pageviews", "sort"), ("site=shop&limit=0", "limit"),
        ("site=shop&format=xml", "format"), ("site=shop&from=2026-01-01", "from"), ("site=shop&colour=red", "colour"),
        ("site=shop&tz=No/Where", "timezone"), ("site=shop&by=event&metrics=bounce_rate", "metrics"),
    ]

    @Test func haveTheNumbersOfTheQuestion() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            for (question, expected) in Self.cases {
                let answer = try await shop.ask("/api/v1/stats?\(question)")
                #expect(answer.status == 200, "\(question) \(answer.body)")
                #expect(answer.body.hasPrefix(expected), "\(question) \(answer.body)")
            }
            for (question, field) in Self.refusals {
                let answer = try await shop.ask("/api/v1/stats?\(question)")
                #expect(answer.status == 400, "\(question) \(answer.body)")
                #expect(answer.body.contains(#""field":"\#(field)""#), "\(question) \(answer.body)")
            }
        }
    }

    /// A text that would be a formula, or that has the signs of the format, is one cell.
    @Test func textsAreCells() async throws {
        let pages = ["=1+1", #"a,"b""#].map { #"{"url":"https://shop.example/","title":\#($0.jsonString)}"# }
        try await CollectServer.with { shop in
            _ = try await shop.post("[\(pages.joined(separator: ","))]", key: shop.trusted)
            let question = "site=shop&period=day&metrics=pageviews&by=title&format=csv"
            let answer = try await shop.ask("/api/v1/stats?\(question)")
            #expect(answer.body == "event:title,pageviews\r\n'=1+1,1\r\n\"a,\"\"b\"\"\",1\r\n")
        }
    }
}
