import Support
import Testing

/// The numbers that are meant to differ from those of Plausible, whose questions are asked.
@Suite(.needsPostgres)
struct DifferenceTests {
    private struct Case {
        let hits: [String]
        let metrics: String
        /// The values, and a part of `meta` if it tells about them.
        let values: String
        var meta = ""
    }

    private static func hit(_ time: String, _ fields: String = #""user":"ann""#) -> String {
        #"{"url":"https://shop.example/","timestamp":"2026-01-0\#(time)Z",\#(fields)}"#
    }

    private static let cases = [
        // A visit counts where it starts, its visitor and page views where their hits lie. Plausible counts the visit too.
        Case(
            hits: [hit("4T23:50:00"), hit("5T00:05:00")],
            metrics: #""visitors","visits","pageviews","bounce_rate""#,
            values: "1,0,1,0"
        ),
        // Who only looked on at a page of the day before is not counted.
        Case(
            hits: [hit("4T23:59:00"), hit("5T00:01:00", #""user":"ann","name":"engagement","engaged":1000"#)],
            metrics: #""visitors","events""#,
            values: "0,0"
        ),
        // An impression is neither an event nor interactive.
        Case(
            hits: [hit("5T09:00:00"), hit("5T09:01:00", #""user":"ann","name":"impression""#)],
            metrics: #""events","impressions","bounce_rate""#,
            values: "1,1,100"
        ),
        // Half an hour is half an hour, and not up to 30 minutes and 59 seconds.
        Case(hits: [hit("5T09:00:00"), hit("5T09:30:00")], metrics: #""visits""#, values: "1"),
        Case(hits: [hit("5T09:00:00"), hit("5T09:30:00.001")], metrics: #""visits""#, values: "2"),
        // Who objects to being recognized is nobody, and has no visit.
        Case(
            hits: [hit("5T09:00:00", #""user":"ann","gpc":true"#), hit("5T09:00:00")],
            metrics: #""visitors","visits","pageviews""#,
            values: "1,1,2",
            meta: #""excluded":{"no_visitor":1}"#
        ),
    ]

    @Test func areThoseOfTheManual() async throws {
        for row in Self.cases {
            try await CollectServer.with { shop in
                let body = "[" + row.hits.joined(separator: ",") + "]"
                let stored = try await shop.post(body, key: shop.trusted)
                #expect(stored.status == 200 && stored.body.contains(#""rejected":0"#), "\(stored.body)")
                let query =
                    #"{"site_id":"shop","date_range":["2026-01-05","2026-01-05"],"metrics":[\#(row.metrics)]}"#
                let answer = try await shop.post(query, to: "/api/v2/query", key: shop.read)
                #expect(answer.body.contains(#""metrics":[\#(row.values)]"#), "\(row.metrics) \(answer.body)")
                #expect(row.meta.isEmpty || answer.body.contains(row.meta), "\(answer.body)")
            }
        }
    }
}
