import Analytics
import NIOHTTP1
import Schema
import Server
import Support
import Testing

/// Segments that accounts have for themselves.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct PersonalSegmentTests {
    private static let path = "/api/v1/segments?site=shop"
    private static let page: HTTPHeaders = ["Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"]

    private static func segment(_ type: String) -> String {
        #"{"name":"Germans","type":"\#(type)","filters":[["is","visit:country",["DE"]]]}"#
    }

    @Test func onlyTheirAccountSeesAndUsesThem() async throws {
        try await withServer { server in
            let (ada, bob) = (TestBrowser(server), TestBrowser(server))
            try await ada.logIn("ada")
            try await bob.logIn("bob")
            #expect(try await ada.ask(.POST, Self.path, Self.page, body: Self.segment("site")).status == 403)
            let added = try await ada.ask(.POST, Self.path, Self.page, body: Self.segment("personal"))
            #expect(added.status == 201)
            #expect(added.body.hasPrefix(#"{"id":1,"name":"Germans","type":"personal","filters""#), "\(added.body)")
            // The name is taken for this account alone.
            #expect(try await ada.ask(.POST, Self.path, Self.page, body: Self.segment("personal")).status == 409)
            #expect(try await bob.ask(.POST, Self.path, Self.page, body: Self.segment("site")).status == 201)
            #expect(try await bob.ask(.POST, Self.path, Self.page, body: Self.segment("personal")).status == 201)

            #expect(try await names(ada) == ["site 2", "personal 1"])
            #expect(try await names(bob) == ["site 2", "personal 3"])
            for (segment, status, others) in [(1, 200, 400), (2, 200, 200), (3, 400, 200)] {
                #expect(try await asked(ada, segment) == status)
                #expect(try await asked(bob, segment) == others)
            }

            #expect(try await removed(bob, 1) == 404)
            #expect(try await removed(ada, 2) == 403)
            #expect(try await removed(ada, 1) == 204)
            #expect(try await removed(bob, 2) == 204)
            #expect(try await names(ada) == [])
        }
    }

    @Test func theyGoWithTheirAccountAndAreLimited() async throws {
        try await withDatabase(.postgres) { database in
            try await database.addSite("shop")
            try await database.addAccount("ada")
            let adding = "SELECT add_own_segment('shop', 1, n::text, '[]') FROM generate_series(1, 50) AS n"
            try await database.run(adding)
            await #expect(throws: (any Error).self) {
                try await database.run("SELECT add_own_segment('shop', 1, 'one more', '[]')")
            }
            await #expect(throws: (any Error).self) {
                try await database.run("SELECT add_own_segment('shop', 2, 'nobody', '[]')")
            }
            try await database.run("SELECT remove_account(1)")
            try await database.run(
                "DO $$ BEGIN IF EXISTS (SELECT FROM segment) THEN RAISE EXCEPTION 'some are left'; END IF; END $$"
            )
        }
    }

    /// The types and numbers of the segments that an account sees.
    private func names(_ browser: TestBrowser) async throws -> [String] {
        let body = try await browser.ask(.GET, Self.path).body
        return body.matches(of: #/"id":(\d+),"name":"Germans","type":"(\w+)"/#).map { "\($0.2) \($0.1)" }
    }

    private func asked(_ browser: TestBrowser, _ segment: Int) async throws -> Int {
        let question = "/api/v1/stats?site=shop&period=day&metrics=visitors&segment=\(segment)"
        return try await browser.ask(.GET, question).status
    }

    private func removed(_ browser: TestBrowser, _ segment: Int) async throws -> Int {
        try await browser.ask(.DELETE, "/api/v1/segments/\(segment)?site=shop", Self.page).status
    }

    private func withServer(_ body: @Sendable (RunningServer) async throws -> Void) async throws {
        try await withDatabase(.postgres) { database in
            try await database.addSite("shop")
            try await database.addAccount("ada", .viewer)
            try await database.addAccount("bob", .member)
            try await RunningServer.with(database, ServerSettings()) { try await body($0) }
        }
    }
}
