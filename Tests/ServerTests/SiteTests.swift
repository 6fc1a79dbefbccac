import Analytics
import NIOHTTP1
import Schema
import Server
import Store
import Support
import Testing

/// Events and counts of sites that requests name.
@Suite(.needsPostgres)
struct SiteTests {
    private static let event = "timestamp=1223567997&user=a&event=click"
    private static let object = #"{"timestamp":1223567997,"user":"a","event":"click"}"#
    private static let bodies: [(type: String?, body: String)] = [
        ("text/csv", "timestamp,user,event\n1223567997,a,click\n"), ("application/x-ndjson", object),
        ("application/json", "[\(object)]"), ("application/json", object),
        ("application/x-www-form-urlencoded", event), (nil, event),
    ]

    @Test(arguments: bodies)
    func aBodyBelongsToTheSiteOfTheQuery(_ body: (type: String?, body: String)) async throws {
        try await withSites { server in
            let headers = HTTPHeaders(body.type.map { [("content-type", $0)] } ?? [])
            let answer = try await server.ask(.POST, "/analytics?site=shop.example", headers, body: body.body)
            #expect([200, 204].contains(answer.status))
            #expect(answer.headers["analytics-rejected"] == [])
            try await expectCounts(["shop.example": 1, "blog/de": 0, nil: 0], server)
        }
    }

    /// The first request asks the database for the site, the others find it in memory.
    @Test func anEventBelongsToTheSiteOfTheQuery() async throws {
        try await withSites { server in
            for _ in 1...3 {
                for target in ["site=shop.example&\(Self.event)", "\(Self.event)&site=blog%2Fde", Self.event] {
                    #expect(try await server.ask(.POST, "/analytics?\(target)").status == 204)
                }
            }
            try await expectCounts(["shop.example": 3, "blog/de": 3, nil: 3, "default": 3], server)
        }
    }

    @Test(arguments: [
        ("nobody", "no site of this name"), ("Shop.example", "not 1 to 100 of the characters"), ("", "empty"),
        (String(repeating: "x", count: 101), "not 1 to 100 of the characters"), ("%00", "not 1 to 100"),
    ])
    func anUnknownSiteIsRefused(name: String, reason: String) async throws {
        try await withSites { server in
            let target = "/analytics?\(Self.event)&site=\(name)"
            let rejected = try await server.ask(.POST, target)
            #expect(rejected.status == 204)
            #expect(rejected.headers["analytics-rejected"].first?.hasPrefix("site: \(reason)") == true)
            let strict = try await server.ask(.POST, target, ["prefer": "handling=strict"])
            #expect(strict.status == 400)
            #expect(strict.body.contains(#""field":"site""#))
            let question = try await server.ask(.GET, "/analytics?timestamp=1223567999&site=\(name)")
            #expect(question.status == (name == "nobody" ? 401 : 400))
            #expect(question.body.contains(name == "nobody" ? #""field":"key""# : #""field":"site""#))
            try await expectCounts([nil: 0], server)
        }
    }

    /// A site that is added while the server runs is found a second later at the latest.
    @Test func aNewSiteIsFound() async throws {
        try await withSites { server in
            let target = "/analytics?\(Self.event)&site=new"
            #expect(try await server.ask(.POST, target).headers["analytics-rejected"].count == 1)
            try await server.database.run(Self.insertion("(9, 'new', \(Self.settings))"))
            try await eventually { try await server.ask(.POST, target).headers["analytics-rejected"].isEmpty }
            try await expectCounts(["new": 1], server)
        }
    }

    private func withSites(_ body: @Sendable (RunningServer) async throws -> Void) async throws {
        try await withDatabase(.postgres) { database in
            try await database.run(
                Self.insertion("(2, 'shop.example', \(Self.settings)), (3, 'blog/de', \(Self.settings))")
            )
            try await RunningServer.with(database) { try await body($0) }
        }
    }

    /// Everybody may ask for the counts, and send events of any time.
    private static let settings = #"'{"public": true, "late_hours": 876000}'"#

    private static func insertion(_ values: String) -> String {
        "INSERT INTO site (id, name, settings) VALUES \(values)"
    }

    private func expectCounts(_ counts: [String?: Int], _ server: RunningServer) async throws {
        for (site, clicks) in counts {
            let query = site.map { "&site=\($0)" } ?? ""
            let answer = try await server.ask(.GET, "/analytics?timestamp=1223567999\(query)")
            #expect(answer.body == "unique_users,\(min(clicks, 1))\nclicks,\(clicks)\nimpressions,0\n", "\(site ?? "")")
        }
    }
}
