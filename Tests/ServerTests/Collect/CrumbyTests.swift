import Analytics
import Foundation
import NIOHTTP1
import Schema
import Server
import Support
import Testing

/// The image of Crumby's script.
@Suite(.needsPostgres)
struct CrumbyTests {
    private static let agent: HTTPHeaders = ["User-Agent": CollectServer.firefox]
    private static let page = "dl=https%3A%2F%2Fshop.example%2Fa&dt=Home%20%C3%A9&dr=https%3A%2F%2Fwww.google.com%2F"

    private func ask(_ shop: CollectServer, _ query: String, _ method: HTTPMethod = .GET) async throws -> HTTPAnswer {
        try await shop.server.ask(method, "/77.gif?\(query)", Self.agent)
    }

    @Test func visitsAndEventsAreCounted() async throws {
        try await CollectServer.with { shop in
            for query in [
                "v=1&t=visit&cid=123&ul=en-GB&sd=24-bit&sr=1920x1080&de=UTF-8&\(Self.page)",
                "t=event&cid=123&\(Self.page)&en=download&ev=a.pdf", "t=visit&cid=123",
            ] {
                let answer = try await ask(shop, query)
                #expect(answer.status == 200)
                #expect(answer["Content-Type"] == "image/gif")
                #expect(answer["Content-Length"] == "43")
                #expect(answer["Cache-Control"] == "no-store")
                #expect(answer["Analytics-Rejected"] == nil)
            }
            let rows = try await shop.values(
                """
                SELECT concat_ws('|', site.name, name.text, host.text, path.text, title.text, source, language, screen, props)
                  FROM hit JOIN site ON site.id = hit.site_id JOIN name ON name.id = name_id
                  LEFT JOIN host ON host.id = host_id LEFT JOIN path ON path.id = path_id
                  LEFT JOIN title ON title.id = title_id LEFT JOIN agent ON agent.id = agent_id
                  LEFT JOIN origin ON origin.id = origin_id ORDER BY ts, name.text
                """
            )
            #expect(
                rows == [
                    #"shop|pageview|shop.example|/a|Home é|Google|en-GB|1920x1080|{"v": "1", "de": "UTF-8", "sd": "24-bit"}"#,
                    #"shop|download|shop.example|/a|Home é|Google|{"ev": "a.pdf"}"#, "default|pageview",
                ]
            )
            #expect(try await shop.values("SELECT count(DISTINCT visitor) FROM hit WHERE site_id > 1") == ["1"])
        }
    }

    @Test func theSiteIsThatOfTheKeyOrOfThePage() async throws {
        try await CollectServer.with { shop in
            let referer: HTTPHeaders = ["User-Agent": CollectServer.firefox, "Referer": "https://www.shop.example/b"]
            _ = try await ask(shop, "t=visit&cid=1&dl=https%3A%2F%2Fwww.shop.example%2F")
            _ = try await shop.server.ask(.GET, "/1.gif?t=visit&cid=1", referer)
            _ = try await ask(shop, "t=visit&cid=1&key=\(shop.write)")
            #expect(try await shop.values("SELECT count(*) FROM hit WHERE site_id = 2") == ["3"])
            _ = try await ask(shop, "t=visit&cid=1&dl=https%3A%2F%2Felsewhere.example%2F")
            #expect(try await shop.values("SELECT count(*) FROM hit WHERE site_id = 1") == ["1"])
            let foreign = try await ask(shop, "t=visit&cid=1&key=\(shop.write)&dl=https%3A%2F%2Felsewhere.example%2F")
            #expect(foreign["Analytics-Rejected"] == "host: not a host of the site")
            let trusted = try await ask(shop, "t=visit&cid=1&key=\(shop.trusted)")
            #expect(trusted["Analytics-Rejected"] == "key: not of the scope that this needs")
        }
    }

    @Test(arguments: [HTTPMethod.GET, .HEAD])
    func othersStoreNothing(method: HTTPMethod) async throws {
        try await CollectServer.with { shop in
            for (target, status) in [
                ("/77.gif?t=visit", 404), ("/77.gif?t=visit&cid=", 404), ("/77.gif", 404),
                ("/x.gif?t=visit&cid=1", 404), ("/-1.gif?t=visit&cid=1", 404), ("/1.5.gif?t=visit&cid=1", 404),
                ("/77.gif?t=other&cid=1", 200),
                ("/77.gif?cid=1", 200),
            ] {
                let answer = try await shop.server.ask(method, target, Self.agent)
                #expect(answer.status == status, "\(target)")
                guard method == .GET else { continue }
                #expect((answer.body == "This page does not exist") == (status == 404), "\(target)")
            }
            if method == .HEAD {
                #expect(try await ask(shop, "t=visit&cid=1&\(Self.page)", .HEAD).status == 200)
            }
            #expect(try await ask(shop, "t=visit&cid=1", .POST).status == 405)
            #expect(try await shop.values("SELECT count(*) FROM hit") == ["0"])
        }
    }
}
