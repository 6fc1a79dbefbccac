import Support
import Testing

/// The answers of `/api/v1/stats/…` to questions about a history that can be counted by hand.
@Suite(.needsPostgres)
struct StatsTests {
    private static let range = "site_id=shop&period=custom&date=2026-01-04,2026-01-06"

    private static let cases: [(String, String)] = [
        (
            "aggregate?\(range)&metrics=visitors,visits,pageviews,views_per_visit,bounce_rate,visit_duration,events",
            #"{"results":{"visitors":{"value":3},"visits":{"value":4},"pageviews":{"value":6},"#
                + #""views_per_visit":{"value":1.5},"bounce_rate":{"value":25},"visit_duration":{"value":128},"#
                + #""events":{"value":8}}}"#
        ),
        (
            "aggregate?\(range)&metrics=visitors,bounce_rate&compare=previous_period",
            #"{"results":{"visitors":{"value":3,"comparison_value":0,"change":100},"#
                + #""bounce_rate":{"value":25,"comparison_value":0,"change":null}}}"#
        ),
        (
            "timeseries?\(range)&metrics=visitors,pageviews,visit_duration",
            #"{"results":[{"date":"2026-01-04","visitors":0,"pageviews":0,"visit_duration":null},"#
                + #"{"date":"2026-01-05","visitors":3,"pageviews":6,"visit_duration":128},"#
                + #"{"date":"2026-01-06","visitors":0,"pageviews":0,"visit_duration":null}]}"#
        ),
        (
            "timeseries?site_id=shop&period=12mo&date=2026-03-15&interval=month&metrics=pageviews",
            #"{"results":[{"date":"2025-04-01","pageviews":0},"#
        ),
        (
            "breakdown?\(range)&metrics=visitors,pageviews&property=event:page",
            #"{"results":[{"page":"/","visitors":3,"pageviews":3},{"page":"/pricing","visitors":2,"pageviews":2},"#
                + #"{"page":"/blog","visitors":1,"pageviews":1}]}"#
        ),
        (
            "breakdown?\(range)&property=event:page&limit=1&page=2",
            #"{"results":[{"page":"/pricing","visitors":2}]}"#
        ),
        ("breakdown?\(range)&property=visit:utm_medium", #"{"results":[{"utm_medium":"email","visitors":1}]}"#),
        (
            "aggregate?\(range)&metrics=pageviews&filters=visit:country!=US%3Bevent:page==/pr*%7C/blog",
            #"{"results":{"pageviews":{"value":2}}}"#
        ),
        ("aggregate?\(range)&metrics=pageviews&filters=event:page==/*", #"{"results":{"pageviews":{"value":6}}}"#),
        ("aggregate?site_id=shop&period=7d&date=2026-01-06", #"{"results":{"visitors":{"value":3}}}"#),
        ("aggregate?site_id=shop&period=7d&date=2026-01-05", #"{"results":{"visitors":{"value":0}}}"#),
        ("aggregate?site_id=shop&period=6mo&date=2026-06-30", #"{"results":{"visitors":{"value":3}}}"#),
    ]

    private static let refusals: [(String, String)] = [
        ("aggregate", "Missing site ID"),
        ("aggregate?site_id=shop&period=x", "invalid period `x`"),
        ("aggregate?site_id=shop&period=custom", "is required when using a custom period"),
        ("aggregate?site_id=shop&period=custom&date=2026-01-01", "two ISO-8601 formatted dates"),
        ("aggregate?site_id=shop&date=tomorrow", "invalid_format"),
        ("aggregate?site_id=shop&metrics=x", "The metric `x` is not recognized"),
        ("aggregate?site_id=shop&metrics=visits,visits", "Metrics cannot be queried multiple times."),
        ("aggregate?site_id=shop&metrics=bounce_rate&filters=event:name==a", "when using a filter on `event:name`"),
        ("aggregate?site_id=shop&filters=visit:x==a", "Invalid filter property 'visit:x'"),
        ("aggregate?site_id=shop&filters=visit:browser", "Invalid filter 'visit:browser'"),
        ("timeseries?site_id=shop&interval=year", "invalid interval `year`"),
        ("breakdown?site_id=shop", "The `property` parameter is required"),
        ("breakdown?site_id=shop&property=x", "Invalid property 'x'"),
        ("breakdown?site_id=shop&property=event:page&limit=1001", "limit as a number between 1 and 1000."),
        ("breakdown?site_id=shop&property=event:name&metrics=bounce_rate", "for breakdown by `event:name`"),
        ("breakdown?site_id=shop&property=event:page&metrics=views_per_visit", "is not supported in breakdown"),
    ]

    @Test func areAnsweredAsCountedByHand() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            for (question, expected) in Self.cases {
                let answer = try await shop.ask("/api/v1/stats/\(question)")
                #expect(answer.status == 200, "\(question) \(answer.body)")
                #expect(answer.body.hasPrefix(expected), "\(question) \(answer.body)")
            }
            for (question, text) in Self.refusals {
                let answer = try await shop.ask("/api/v1/stats/\(question)")
                #expect(answer.status == 400, "\(question) \(answer.body)")
                #expect(answer.body.contains(text), "\(question) \(answer.body)")
            }
        }
    }
}
