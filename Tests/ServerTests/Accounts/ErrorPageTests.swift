import Analytics
import HTTP
import NIOHTTP1
import Schema
import Server
import Support
import Testing
import Web

@Suite(.needsPostgres)
struct ErrorPageTests {
    /// Browsers get pages, and programs problems, also those that take anything.
    @Test(arguments: ["/nowhere", "/s/nowhere/nothing"])
    func browsersGetAPage(path: String) async throws {
        try await RunningServer.with { server in
            let page = try await server.ask(.GET, path, ["Accept": "text/html,*/*;q=0.8"])
            #expect(page.status == 404)
            #expect(page["Content-Type"] == "text/html; charset=utf-8")
            #expect(page["Content-Security-Policy"] != nil)
            let problem = try await server.ask(.GET, path, ["Accept": "*/*"])
            #expect(problem.status == 404)
            #expect(problem["Content-Type"] == "application/problem+json")
            let data = try await server.ask(.GET, "/api/v1/stats", ["Accept": "text/html"])
            #expect(data["Content-Type"] == "application/problem+json")
        }
    }

    /// While the database is away pages say so, and nobody is logged out.
    @Test func theDatabaseMayBeAway() async throws {
        try await withDatabase(.postgres) { database in
            try await database.addAccount("ada", .owner)
            try await RunningServer.with(database, ServerSettings()) { server in
                let browser = TestBrowser(server)
                try await browser.logIn("ada")
                let cookie = browser.cookie
                try await database.breakConnections(allow: false)
                let answer = try await browser.open("/sites")
                #expect(answer.status == 503)
                #expect(answer["Retry-After"] != nil)
                #expect(answer.body.contains("The database is away"))
                #expect(browser.cookie == cookie)
                try await database.breakConnections(allow: true)
                try await eventually { try await browser.open("/sites").status == 200 }
            }
        }
    }

    /// Proxies may leave the path of the public address in requests.
    @Test func pagesMayBeBelowAPath() async throws {
        var settings = ServerSettings()
        settings.publicURL = ServerAddress("https://example.org/stats")
        try await RunningServer.with(.postgres, settings) { server in
            for path in ["/account", "/stats/account"] {
                let answer = try await server.ask(.GET, path)
                #expect(answer["Location"] == "/stats/login?next=%2Faccount")
            }
            let health = try await server.ask(.GET, "/stats/healthz")
            #expect(health.status == 200)
            let login = try await server.ask(.GET, "/stats/login")
            #expect(login.body.contains("href=\"/stats/a/app."))
        }
    }
}
