import Analytics
import HTTP
import Ingest
import Logging
import NIOHTTP1
import Registry
import Schema
import Server
import Store
import Support
import Testing

/// The table of pages and roles, walked with every role.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct RoleTests {
    /// Somebody who asks for pages.
    private enum Somebody: String, CaseIterable {
        case nobody, stranger, viewer, member, admin, owner
        case ruler

        /// The role in the organisation of the site; operators have the highest.
        var role: Role? { self == .ruler ? .owner : Role(rawValue: rawValue) }
    }

    private static let pages: [PageNeed.Entry] = {
        let store = PostgresStore(url: "host=/nowhere")
        return ServerRoutes(
            settings: ServerSettings(),
            meters: Meters(),
            batcher: Batcher { _ in [] },
            store: store,
            realtime: Realtime(store: store),
            registry: SiteRegistry(pool: store.registryPool, cache: nil, logger: Logger(label: "test")),
            accounts: Accounts(pool: store.accountPool),
            version: "test"
        ).pageNeeds
    }()

    @Test func everyPageOpensForItsRolesAlone() async throws {
        #expect(Self.pages.count > 20)
        try await withServer { server in
            for somebody in Somebody.allCases {
                let browser = TestBrowser(server)
                if somebody != .nobody { #expect(try await browser.logIn(somebody.rawValue).status == 303) }
                for page in Self.pages {
                    // The first page is the way to the login.
                    guard let need = page.seeing, page.path != "/" else { continue }
                    let answer = try await browser.open(path(page))
                    expect(answer, allowed(somebody, need), somebody, "GET \(page.path)")
                }
            }
        }
    }

    @Test func everyFormIsTakenFromItsRolesAlone() async throws {
        try await withServer { server in
            for somebody in Somebody.allCases {
                let browser = TestBrowser(server)
                if somebody != .nobody { try await browser.logIn(somebody.rawValue) }
                for page in Self.pages {
                    // Whoever has the address may send these, and they check for themselves.
                    guard let need = page.sending, need != .nothing, page.path != "/sites/new" else { continue }
                    let answer = try await browser.send(path(page), ["action": "none"])
                    expect(answer, allowed(somebody, need), somebody, "POST \(page.path)")
                    let foreign = try await browser.send(path(page), ["action": "none"], from: "cross-site")
                    #expect(foreign.status == 403, "\(somebody) POST \(page.path)")
                }
            }
        }
    }

    /// What the API gives to accounts that are logged in.
    @Test func theInterfaceKnowsRoles() async throws {
        let stats = "/api/v1/stats?site=shop&metrics=visitors&period=day"
        let cases: [(HTTPMethod, String, Role)] = [
            (.GET, stats, .viewer), (.GET, "/api/v1/events?site=shop", .member),
            (.GET, "/api/v1/refusals?site=shop", .member),
            (.GET, "/api/v1/goals?site=shop", .viewer), (.GET, "/api/v1/jobs?site=shop", .admin),
            (.DELETE, "/api/v1/users/somebody?site=shop", .admin), (.GET, "/api/v1/keys?site=shop", .admin),
            (.GET, "/api/v1/site?site=shop", .admin), (.GET, "/api/v1/shares?site=shop", .admin),
        ]
        try await withServer { server in
            for somebody in Somebody.allCases {
                let browser = TestBrowser(server)
                if somebody != .nobody { try await browser.logIn(somebody.rawValue) }
                for (method, path, role) in cases {
                    let answer = try await browser.ask(method, path, ["Sec-Fetch-Site": "same-origin"])
                    let isAllowed = somebody.role.map { $0 >= role } ?? false
                    let isRight = isAllowed ? answer.status < 300 : [401, 403].contains(answer.status)
                    #expect(isRight, "\(somebody) \(method) \(path): \(answer.status)")
                }
            }
        }
    }

    /// Pages that are not there though one may see them: without a link, after the set-up, without an image.
    private static let mayBeAbsent = ["{token}", "/setup", "/logo", "{share}", "{query}", "{visit}"]

    /// True for what is allowed, nil for what is to be hidden.
    private func allowed(_ somebody: Somebody, _ need: PageNeed) -> Bool? {
        switch need {
        case .nothing: true
        case .account: somebody != .nobody
        case .operator: somebody == .ruler
        case .siteOperator: somebody.role.map { _ in somebody == .ruler }
        case .readers: somebody.role.map { $0 >= .viewer }
        case .site(let role), .organisation(let role): somebody.role.map { $0 >= role }
        }
    }

    private func expect(_ answer: HTTPAnswer, _ isAllowed: Bool?, _ somebody: Somebody, _ what: String) {
        let goesToLogin = answer.status == 303 && answer["Location"]?.hasPrefix("/login") == true
        let isShut = goesToLogin || [401, 403, 404].contains(answer.status)
        switch (somebody, isAllowed) {
        case (_, true?):
            let mayBeAbsent = Self.mayBeAbsent.contains { what.hasSuffix($0) } || what.contains("{share}/")
            #expect(!isShut || mayBeAbsent, "\(somebody) \(what)")
        case (.nobody, _): #expect(goesToLogin || answer.status == 401, "\(somebody) \(what)")
        case (_, nil): #expect(answer.status == 404, "\(somebody) \(what)")
        case (_, false?): #expect(answer.status == 403, "\(somebody) \(what)")
        }
    }

    private func path(_ page: PageNeed.Entry) -> String {
        page.path.replacing("{site}", with: "shop").replacing("{organisation}", with: "default")
            .replacing("{token}", with: "none").replacing("{share}", with: "none").replacing("{list}", with: "top")
            .replacing("{query}", with: "none").replacing("{visit}", with: "none")
            .replacing("{card}", with: "series")
    }

    private func withServer(_ body: @Sendable (RunningServer) async throws -> Void) async throws {
        try await withDatabase(.postgres) { database in
            try await database.addSite("shop")
            for somebody in Somebody.allCases where somebody != .nobody {
                let role = somebody == .ruler ? nil : somebody.role
                try await database.addAccount(somebody.rawValue, role, isOperator: somebody == .ruler)
            }
            try await RunningServer.with(database, ServerSettings()) { try await body($0) }
        }
    }
}
