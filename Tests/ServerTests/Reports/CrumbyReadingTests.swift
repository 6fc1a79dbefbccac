import Analytics
import NIOHTTP1
import Support
import Testing

@testable import Server

/// The questions that Crumby has built in.
@Suite(.needsPostgres)
struct CrumbyReadingTests {
    private static let dates = "site=shop&t0=2026-01-04&t1=2026-01-05"

    private static let history = """
        [{"user":"ann","timestamp":"2026-01-05T09:00:00Z","url":"https://shop.example/","title":"Shop",
          "referrer":"https://www.google.com/","country":"DE","region":"DE-BE","city":"Berlin","os":"Linux"},
         {"user":"ann","timestamp":"2026-01-05T09:01:00Z","url":"https://shop.example/a?b","title":"A","os":"Linux",
          "country":"DE","region":"DE-BE","city":"Berlin"},
         {"user":"bob","timestamp":"2026-01-05T10:00:00Z","url":"https://shop.example/","title":"Shop",
          "referrer":"http://www.google.com/","country":"US","os":"Windows"},
         {"user":"bob","timestamp":"2026-01-05T10:00:30Z","url":"https://shop.example/","title":"Shop","name":"vote",
          "props":{"ev":"up"},"country":"US","os":"Windows"},
         {"user":"bob","timestamp":"2026-01-05T10:00:40Z","url":"https://shop.example/","title":"Shop","name":"vote",
          "props":{"ev":"up"},"country":"US","os":"Windows"},
         {"user":"bob","timestamp":"2026-01-05T12:00:00Z","url":"https://shop.example/a","title":"A","os":"Windows",
          "country":"US"},
         {"user":"cem","timestamp":"2026-01-05T11:00:00Z","url":"http://localhost/test"},
         {"user":"cem","timestamp":"2026-01-06T11:00:00Z","url":"https://shop.example/late"}]
        """

    private static let cases = [
        (
            "public/visits?\(dates)",
            #"{"columns":["date","users","views"],"data":[["2026-01-04",0,0],["2026-01-05",3,5]]}"#
        ),
        (
            "public/documents?\(dates)",
            #"{"columns":["uri","doc_title","views"],"data":[["shop.example/","Shop",2],["shop.example/a","A",2]]}"#
        ),
        (
            "public/locations?\(dates)",
            #"{"columns":["state","country","users"],"data":[[null,null,1],[null,"US",1],["DE-BE","DE",1]]}"#
        ),
        (
            "public/platforms?\(dates)",
            #"{"columns":["platform","users"],"data":[[null,1],["Linux",1],["Windows",1]]}"#
        ),
        (
            "private/events?\(dates)",
            #"{"columns":["Title","Name","Value","Count"],"data":[["Shop","vote","up",1]]}"#
        ),
        (
            "private/locations?\(dates)",
            #"{"columns":["city","state","country","users","clients","sessions","views"],"#
                + #""data":[[null,null,null,1,1,1,1],[null,null,"US",1,1,2,2],["Berlin","DE-BE","DE",1,1,1,2]]}"#
        ),
        (
            "private/origins?\(dates)",
            #"{"columns":["origin","views"],"data":[[null,2],["google.com",2]]}"#
        ),
        ("public/visits?site=shop&from=2026-01-06&to=2026-01-06", #""data":[["2026-01-06",1,1]]}"#),
    ]

    @Test func areAnsweredAsCountedByHand() async throws {
        try await CollectServer.with { shop in
            let stored = try await shop.post(Self.history, key: shop.trusted)
            #expect(stored.status == 200 && stored.body.contains(#""rejected":0"#), "\(stored.body)")
            for (question, expected) in Self.cases {
                let answer = try await shop.ask("/api/\(question)")
                #expect(answer.status == 200 && answer.body.hasSuffix(expected), "\(question) \(answer.body)")
            }
        }
    }

    /// Days end today, in the zone of the site.
    @Test func aNumberOfDaysEndsToday() async throws {
        try await CollectServer.with(zone: "Pacific/Kiritimati") { shop in
            let today = try await shop.values("SELECT (now() AT TIME ZONE 'Pacific/Kiritimati')::date::text")[0] ?? ""
            let one = try await shop.ask("/api/public/visits?site=shop&days=1")
            #expect(one.body.hasSuffix(#""data":[["\#(today)",0,0]]}"#), "\(one.body)")
            for (query, count) in [("days=7", 7), ("", 30)] {
                let answer = try await shop.ask("/api/public/visits?site=shop&\(query)")
                #expect(answer.body.hasSuffix(#"["\#(today)",0,0]]}"#), "\(answer.body)")
                #expect(answer.body.split(separator: ",0,0]").count - 1 == count)
            }
        }
    }

    @Test func refusalsHaveAReasonAndAStatus() async throws {
        try await CollectServer.with { shop in
            for (query, text) in [
                ("t0=2026-01-05&t1=2026-01-04", "From > To"), ("t0=2026-01-05", "go together"),
                ("to=2026-01-05", "go together"), ("t0=today&t1=2026-01-05", "not a date"),
                ("days=abc", "not a whole number"), ("days=0", "not a whole number"),
                ("days=800000", "not a whole number"),
                ("days=3&t0=2026-01-04&t1=2026-01-05", "days does not go together"),
                ("t0=2026-02-30&t1=2026-03-01", "not a period"), ("t0=1990-01-01&t1=2026-03-01", "not a period"),
            ] {
                let answer = try await shop.ask("/api/public/visits?site=shop&\(query)")
                #expect(answer.status == 400, "\(query) \(answer.body)")
                #expect(answer.body.contains(#""error":"#) && answer.body.contains(text), "\(query) \(answer.body)")
            }
            for path in ["public/events", "private/visits", "private/documents", "public/x"] {
                let answer = try await shop.ask("/api/\(path)?site=shop")
                #expect(answer.status == 404 && answer.body.contains(#""error":"there is no such query here""#))
            }
            for path in ["public/visits", "private/events"] {
                #expect(try await shop.server.ask(.GET, "/api/\(path)?site=shop").status == 401)
                #expect(try await shop.server.ask(.GET, "/api/\(path)").status == 401)
                #expect(try await shop.ask("/api/\(path)").status == 200)
                #expect(try await shop.ask("/api/\(path)?site=other").status == 403)
            }
        }
        try await CollectServer.with(settings: #"{"public":true}"#) { shop in
            let open = try await shop.server.ask(.GET, "/api/public/documents?site=shop")
            #expect(open.status == 200)
            #expect(try await shop.server.ask(.GET, "/api/private/origins?site=shop").status == 401)
        }
    }
}
