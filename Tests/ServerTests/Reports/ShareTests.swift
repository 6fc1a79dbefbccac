import NIOHTTP1
import Schema
import Support
import Testing

@testable import Server

/// Questions by a share link, and about a public site.
@Suite(.needsPostgres)
struct ShareTests {
    private static let range = "from=2026-01-05&to=2026-01-05"
    private static let dates = #""date_range":["2026-01-05","2026-01-05"]"#

    /// What comes by a link is answered with its filters, in every form of a question.
    @Test func everyQuestionHasTheFiltersOfTheLink() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let link = try await shop.database.addShare(#"[["is","visit:country",["DE","US"]]]"#, to: "shop")
            let all = try await shop.database.addShare(to: "shop")
            try await shop.waitForLinks(all)
            for (target, expected, unfiltered) in [
                ("/api/v1/stats?site=shop&\(Self.range)", #"[{"visitors":2}]"#, #"[{"visitors":3}]"#),
                (
                    "/api/v1/stats?site=shop&\(Self.range)&by=country&format=csv",
                    "visit:country,visitors\r\nDE,1\r\nUS,1\r\n", "visit:country,visitors\r\nDE,1\r\nFR,1\r\nUS,1\r\n"
                ),
                (
                    "/api/v1/stats/aggregate?site_id=shop&period=custom&date=2026-01-05,2026-01-05",
                    #"{"results":{"visitors":{"value":2}}}"#, #"{"results":{"visitors":{"value":3}}}"#
                ),
                (
                    "/api/v1/stats/timeseries?site_id=shop&period=custom&date=2026-01-05,2026-01-05",
                    #"{"results":[{"date":"2026-01-05","visitors":2}]}"#,
                    #"{"results":[{"date":"2026-01-05","visitors":3}]}"#
                ),
                (
                    "/api/v1/stats/breakdown?site_id=shop&period=custom&date=2026-01-05,2026-01-05&property=event:page",
                    #"{"results":[{"page":"/","visitors":2},{"page":"/blog","visitors":1},{"page":"/pricing","visitors":1}]}"#,
                    #"{"results":[{"page":"/","visitors":3},{"page":"/pricing","visitors":2},{"page":"/blog","visitors":1}]}"#
                ),
                (
                    "/api/public/visits?t0=2026-01-05&t1=2026-01-05",
                    #"{"columns":["date","users","views"],"data":[["2026-01-05",2,4]]}"#,
                    #"{"columns":["date","users","views"],"data":[["2026-01-05",3,6]]}"#
                ),
            ] {
                let answer = try await shop.ask(target, share: link)
                #expect(answer.status == 200 && answer.body == expected, "\(target) \(answer.body)")
                #expect(answer["Cache-Control"] == "private, no-cache")
                let whole = try await shop.ask(target, share: all)
                #expect(whole.body == unfiltered, "\(target) \(whole.body)")
            }
            let query = #"{"site_id":"shop","metrics":["visitors","pageviews"],\#(Self.dates)}"#
            let answer = try await shop.post(query, to: "/api/v2/query?share=\(link)")
            #expect(answer.body.hasPrefix(#"{"results":[{"metrics":[2,4],"dimensions":[]}],"#), "\(answer.body)")
            #expect(answer.body.contains(#""filters":[["is","visit:country",["DE","US"]]]"#))
            #expect(answer["Analytics-As-Of"] != nil)
        }
    }

    /// The filters of a link count where metrics and filters have to go together.
    @Test func whatALinkDoesNotTellIsRefused() async throws {
        try await CollectServer.with { shop in
            let page = try await shop.database.addShare(#"[["is","event:page",["/"]]]"#, to: "shop")
            let plan = try await shop.database.addShare(#"[["is","event:props:plan",["pro"]]]"#, to: "shop")
            let newer = try await shop.database.addShare(#"[["resembles","visit:colour",["red"]]]"#, to: "shop")
            let other = try await shop.database.addShare(to: "other")
            try await shop.waitForLinks(other)
            let stats = "/api/v1/stats?site=shop&\(Self.range)"
            let v1 = "/api/v1/stats/aggregate?site_id=shop"
            let hours = "/api/v1/hours?from=1767607200&to=1767607260&step=1m"
            for (target, link, status, text) in [
                ("\(stats)&metrics=views_per_visit", page, 400, "cannot be queried with a filter on `event:page`"),
                ("\(v1)&metrics=views_per_visit", page, 400, "cannot be queried with a filter on `event:page`"),
                ("\(stats)&metrics=conversion_rate", plan, 403, "do not go together with conversion_rate"),
                ("\(stats)&metrics=visitors", newer, 503, "run the newer hourglass"),
                (stats, other, 401, "Invalid API key or site ID"),
                (stats, "hgl_x", 401, "Invalid API key or site ID"),
                (stats, shop.read, 401, "Invalid API key or site ID"),
                ("/analytics?timestamp=1767607200&site=shop", page, 403, "the link has filters"),
                ("/analytics?timestamp=1767607200", page, 403, "the link has filters"),
                ("/analytics?timestamp=1767607200&site=shop", other, 403, "of another site"),
                ("\(hours)&site=shop", page, 403, "the link has filters"),
                ("/api/private/origins?site=shop", page, 401, "missing"),
                ("/api/v1/refusals?site=shop", page, 401, "missing"),
            ] {
                let answer = try await shop.ask(target, share: link)
                #expect(
                    answer.status == status && answer.body.contains(text),
                    "\(target) \(answer.status) \(answer.body)"
                )
            }
            let hour = try await shop.ask("/analytics?timestamp=1767607200&site=other", share: other)
            #expect(hour.status == 200)
            let ownSite = try await shop.ask("/analytics?timestamp=1767607200", share: other)
            #expect(ownSite.status == 200)
            let many = try await shop.ask(hours, share: other)
            #expect(many.status == 200 && many.body.contains(#""at":1767607260"#), "\(many.body)")
        }
    }

    @Test func aRevokedLinkEndsWithinASecond() async throws {
        try await CollectServer.with { shop in
            let link = try await shop.database.addShare(to: "shop")
            try await shop.waitForLinks(link)
            try await shop.database.run("SELECT revoke_share(1)")
            try await eventually {
                try await shop.ask("/api/v1/stats?site=shop", share: link).status == 401
            }
        }
    }

    @Test func theLastUseIsNoted() async throws {
        try await withDatabase(.postgres) { database in
            let link = try await database.addShare()
            try await RunningServer.with(database) { server in
                let answer = try await server.ask(.GET, "/api/v1/stats?site=default&share=\(link)")
                #expect(answer.status == 200)
            }
            try await database.run("DO $$ BEGIN ASSERT (SELECT used_at IS NOT NULL FROM share); END $$")
        }
    }

    /// Everybody may ask about a public site, but not by properties of events.
    @Test func aPublicSiteTellsNoProperties() async throws {
        try await CollectServer.with(settings: #"{"public":true}"#) { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            let link = try await shop.database.addShare(to: "shop")
            try await shop.waitForLinks(link)
            let stats = "/api/v1/stats?site=shop&\(Self.range)"
            let v1 = "/api/v1/stats/breakdown?site_id=shop&property=event:props:plan"
            for target in ["\(stats)&by=prop.plan", "\(stats)&filter=prop.plan==pro", v1] {
                let answer = try await shop.server.ask(.GET, target)
                #expect(answer.status == 403, "\(target) \(answer.body)")
                #expect(answer.body.contains("for event:props:plan a public site needs"), "\(answer.body)")
                #expect(try await shop.ask(target).status == 200)
                #expect(try await shop.ask(target, share: link).status == 200)
            }
            let users = try await shop.server.ask(.GET, "/api/v1/stats/breakdown?site_id=shop&property=visit:user")
            #expect(users.status == 403, "\(users.body)")
            let done = #""filters":[["has_done",["is","event:props:plan",["pro"]]]]"#
            let query = #"{"site_id":"shop","metrics":["visitors"],\#(Self.dates),\#(done)}"#
            #expect(try await shop.post(query, to: "/api/v2/query").status == 403)
            #expect(try await shop.post(query, to: "/api/v2/query", key: shop.read).status == 200)
            let answer = try await shop.server.ask(.GET, "\(stats)&by=event")
            #expect(answer.status == 200)
            #expect(answer["Cache-Control"] == "no-cache")
        }
    }

    @Test func filtersAreCheckedWhenALinkIsMade() throws {
        let filters = try SavedFilters(["country==DE,AT", "page!@/intern", "prop.plan=~^pro"])
        #expect(
            filters.json
                == #"[["is","visit:country",["DE","AT"]],["contains_not","event:page",["/intern"]],"#
                + #"["matches","event:props:plan",["^pro"]]]"#
        )
        #expect(SavedFilters(json: filters.json) == filters)
        #expect(SavedFilters(json: "[]")?.filters == [])
        for text in ["country=DE", "colour==red", "country==Germany", "day==2026-01-01", "event:goal==Signup"] {
            #expect(throws: SavedFilters.Invalid.self, "\(text)") { try SavedFilters([text]) }
        }
    }
}

extension CollectServer {
    /// Waits until the server knows a link, and with it those that were added before.
    func waitForLinks(_ last: String) async throws {
        try await eventually { try await ask("/analytics?timestamp=1767607200", share: last).status != 401 }
    }
}
