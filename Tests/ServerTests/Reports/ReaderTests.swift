import NIOHTTP1
import Support
import Testing

/// What caches and pages of other origins learn about answers.
@Suite(.needsPostgres)
struct ReaderTests {
    private static let settings = #"{"origins":["https://a.example"]}"#
    private static let target = "/api/v1/stats?site=shop&from=2026-01-05&to=2026-01-05"
    private static let paths = [
        target, "/api/v1/stats/aggregate?site_id=shop", "/api/v1/stats/timeseries?site_id=shop",
        "/api/v1/stats/breakdown?site_id=shop&property=event:page", "/api/public/visits?site=shop",
        "/api/private/origins?site=shop", "/api/v1/get-metrics/shop/?start_time=1767571200&end_time=1767657600",
    ]

    @Test func anAnswerIsSentAgainOnlyIfItChanged() async throws {
        try await CollectServer.with { shop in
            for path in Self.paths {
                let first = try await shop.ask(path)
                #expect(first.status == 200, "\(path) \(first.body)")
                let tag = try #require(first["ETag"])
                #expect(tag.hasPrefix("\"") && tag.count == 34)
                #expect(first["Cache-Control"] == "private, no-cache")
                #expect(first["Analytics-As-Of"]?.hasPrefix("20") == true)
                for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
                    let answer = try await shop.read(path, ["If-None-Match": known])
                    #expect(answer.status == 304 && answer.body.isEmpty, "\(path)")
                    #expect(answer["ETag"] == tag)
                    #expect(answer.headers["Vary"].contains("Origin"))
                    #expect(answer["Content-Type"] == nil)
                }
                let other = try await shop.read(path, ["If-None-Match": "\"x\""])
                #expect(other.status == 200 && other.body == first.body)
                let head = try await shop.server.ask(.HEAD, path, ["Authorization": "Bearer \(shop.read)"])
                #expect(head.status == 200 && head.body.isEmpty)
                #expect(head["ETag"] == tag)
                #expect(head["Content-Length"] == first["Content-Length"])
            }
            let tag = try #require(try await shop.ask(Self.target)["ETag"])
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            #expect(try await shop.read(Self.target, ["If-None-Match": tag]).status == 200)
            let (json, csv) = (try await shop.ask(Self.target), try await shop.ask("\(Self.target)&format=csv"))
            #expect(csv["ETag"] != json["ETag"])
        }
    }

    /// A preflight does not tell the site, so it asks whether any site lists the origin.
    @Test func pagesReadWhatTheirSiteOpens() async throws {
        try await CollectServer.with(settings: Self.settings) { shop in
            for path in Self.paths + ["/api/v2/query"] {
                let asking: HTTPHeaders = ["Access-Control-Request-Method": "GET"]
                let allowed = try await shop.server.ask(.OPTIONS, path, asking + ["Origin": "https://a.example"])
                #expect(allowed["Access-Control-Allow-Origin"] == "https://a.example", "\(path)")
                #expect(allowed["Access-Control-Allow-Headers"] == "Authorization, Content-Type, If-None-Match")
                #expect(allowed["Access-Control-Allow-Credentials"] == nil)
                let refused = try await shop.server.ask(.OPTIONS, path, asking + ["Origin": "https://b.example"])
                #expect(refused["Access-Control-Allow-Origin"] == nil)
                #expect(refused["Vary"] == "Origin")
            }
            for path in Self.paths {
                let answer = try await shop.read(path, ["Origin": "https://a.example"])
                #expect(answer["Access-Control-Allow-Origin"] == "https://a.example", "\(path)")
                #expect(answer["Access-Control-Expose-Headers"] == "Analytics-As-Of, ETag, Link")
                #expect(answer["Access-Control-Allow-Credentials"] == nil)
                #expect(answer.headers["Vary"].contains("Origin"))
                let other = try await shop.read(path, ["Origin": "https://b.example"])
                #expect(other.status == 200 && other["Access-Control-Allow-Origin"] == nil, "\(path)")
            }
            // Whoever may not ask learns nothing, and a faulty question of one who may is explained to the page.
            let stranger = try await shop.server.ask(.GET, Self.target, ["Origin": "https://a.example"])
            #expect(stranger.status == 401 && stranger["Access-Control-Allow-Origin"] == nil)
            let faulty = try await shop.read(
                "/api/v1/stats/aggregate?site_id=shop&metrics=time_on_page",
                ["Origin": "https://a.example"]
            )
            #expect(faulty.status == 400 && faulty["Access-Control-Allow-Origin"] == "https://a.example")
            let query = #"{"site_id":"shop","metrics":["visitors"],"date_range":"day"}"#
            let posted = try await shop.post(
                query,
                to: "/api/v2/query",
                key: shop.read,
                ["Origin": "https://a.example", "If-None-Match": "*"]
            )
            #expect(posted.status == 200 && posted["ETag"] == nil)
            #expect(posted["Access-Control-Allow-Origin"] == "https://a.example")
        }
    }

    @Test func aPublicSiteMayBeReadByAnyPage() async throws {
        try await CollectServer.with(settings: #"{"public":true,"origins":["*"]}"#) { shop in
            let answer = try await shop.server.ask(.GET, Self.target, ["Origin": "https://b.example"])
            #expect(answer["Access-Control-Allow-Origin"] == "*")
            let preflight = try await shop.server.ask(
                .OPTIONS,
                Self.target,
                ["Origin": "https://b.example", "Access-Control-Request-Method": "GET"]
            )
            #expect(preflight["Access-Control-Allow-Origin"] == "https://b.example")
            await #expect(throws: (any Error).self) {
                try await shop.database.run("SELECT set_site('shop', NULL, NULL, '{\"public\": null}')")
            }
            try await shop.database.run("SELECT set_site('shop', NULL, NULL, '{\"public\": null, \"origins\": null}')")
        }
    }
}

extension CollectServer {
    /// Asks a route with the read key and further headers.
    fileprivate func read(_ target: String, _ headers: HTTPHeaders) async throws -> HTTPAnswer {
        try await server.ask(.GET, target, headers + ["Authorization": "Bearer \(read)"])
    }
}

extension HTTPHeaders {
    fileprivate static func + (first: HTTPHeaders, second: HTTPHeaders) -> HTTPHeaders {
        var all = first
        all.add(contentsOf: second)
        return all
    }
}
