import Analytics
import HTTP
import NIOHTTP1
import Registry
import Schema
import Server
import Support
import Testing

/// Letting somebody in, and out again.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct LoginTests {
    @Test func aLoginLastsUntilItIsEnded() async throws {
        try await withServer { server in
            let browser = TestBrowser(server)
            let first = try await browser.open("/account?x=1")
            #expect(first.status == 303)
            #expect(first["Location"] == "/login?next=%2Faccount%3Fx%3D1")
            let entered = try await browser.send(
                "/login",
                ["name": "ADA", "password": TestBrowser.password, "next": "/account?x=1"]
            )
            #expect(entered.status == 303)
            #expect(entered["Location"] == "/account?x=1")
            let cookie = try #require(entered["Set-Cookie"])
            for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] { #expect(cookie.contains(attribute)) }
            #expect(try await browser.open("/account").status == 200)
            let kept = try #require(browser.cookie)
            #expect(try await browser.send("/logout", [:]).status == 303)
            // The server has ended it, whoever has kept the cookie.
            let answer = try await server.ask(.GET, "/account", ["Cookie": kept])
            #expect(answer.status == 303)
        }
    }

    @Test(arguments: ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
    func itLeadsToNoOtherServer(next: String) async throws {
        try await withServer { server in
            let form = ["name": "ada", "password": TestBrowser.password, "next": next]
            let answer = try await TestBrowser(server).send("/login", form)
            #expect(answer["Location"] == "/sites")
        }
    }

    /// The answers to unknown and known names are the same, and so is their limit.
    @Test func attemptsAreLimited() async throws {
        try await withServer { server in
            for name in ["ada", "nobody"] {
                let browser = TestBrowser(server)
                var answers: [HTTPAnswer] = []
                // Each wait is twice as long as the one before, and no attempt is taken meanwhile.
                while answers.count < 12, answers.last?.status != 429 {
                    answers.append(try await browser.logIn(name, "wrong wrong wrong"))
                }
                #expect(answers.count > 5)
                #expect(answers.dropLast().allSatisfy { $0.status == 401 })
                #expect(answers[0].body.contains("The name or the password is wrong."))
                #expect(answers.last?.status == 429)
                #expect((answers.last?["Retry-After"].flatMap(Int.init) ?? 0) > 0)
                #expect(browser.cookie == nil)
            }
        }
    }

    @Test(arguments: ["cross-site", "same-site", "none"])
    func formsOfOtherPagesAreRefused(site: String) async throws {
        try await withServer { server in
            let form = ["name": "ada", "password": TestBrowser.password]
            let browser = TestBrowser(server)
            #expect(try await browser.send("/login", form, from: site).status == 403)
            #expect(browser.cookie == nil)
            let origins = ["http://evil.example", "null", "http://127.0.0.1"]
            for origin in origins {
                let headers: HTTPHeaders = [
                    "Origin": origin,
                    "Content-Type": "application/x-www-form-urlencoded",
                ]
                let answer = try await server.ask(.POST, "/login", headers, body: "name=x&password=y")
                #expect(answer.status == (origin == origins.last ? 401 : 403), "\(origin)")
            }
        }
    }

    @Test func aSecondFactorIsAskedFor() async throws {
        try await withServer { server in
            let browser = TestBrowser(server)
            try await browser.logIn("ada")
            let offer = try await browser.send("/account", ["action": "offer"])
            let secret = try #require(offer.body.firstMatch(of: /name="secret" value="([A-Z2-7]+)"/)).output.1
            let code = try #require(OneTimeCode(base32: String(secret)))
            let step = Timestamp.now.milliseconds / 30_000
            let wrong = try await browser.send(
                "/account",
                ["action": "confirm", "secret": String(secret), "code": code.code(at: step - 100)]
            )
            #expect(wrong.status == 400)
            let form = ["action": "confirm", "secret": String(secret), "code": code.code(at: step - 1)]
            #expect(try await browser.send("/account", form).status == 303)
            let other = TestBrowser(server)
            #expect(try await other.logIn("ada")["Location"] == "/login/code")
            #expect(try await other.open("/account").status == 303)
            // The code that has proved the factor is not taken again.
            #expect(try await other.send("/login/code", ["code": code.code(at: step - 1)]).status == 401)
            #expect(try await other.send("/login/code", ["code": code.code(at: step + 1)]).status == 303)
            #expect(try await other.open("/account").status == 200)
            let again = TestBrowser(server)
            try await again.logIn("ada")
            #expect(try await again.send("/login/code", ["code": code.code(at: step + 1)]).status == 401)
        }
    }

    @Test func linksWorkOnce() async throws {
        try await withServer { server in
            let operating = TestBrowser(server)
            try await operating.logIn("ada")
            let invited = try await operating.send(
                "/organisations/default",
                ["action": "invite", "role": "viewer", "label": "Bob"]
            )
            let link = try #require(invited.body.firstMatch(of: /\/invite\/hga_[A-Za-z0-9_-]{43}/)).output
            let browser = TestBrowser(server)
            let form = ["name": "bob", "email": "", "display_name": "", "password": TestBrowser.password]
            #expect(try await browser.open(String(link)).body.contains("viewer"))
            #expect(try await browser.send(String(link), form).status == 303)
            #expect(try await browser.open("/sites").body.contains("default"))
            #expect(try await TestBrowser(server).open(String(link)).status == 404)
            let reset = try await operating.send("/admin/accounts", ["action": "reset", "account": "bob"])
            let path = String(try #require(reset.body.firstMatch(of: /\/reset\/hga_[A-Za-z0-9_-]{43}/)).output)
            #expect(try await TestBrowser(server).send(path, ["password": "short"]).status == 400)
            #expect(try await TestBrowser(server).send(path, ["password": "another long word"]).status == 303)
            // Its logins are over, and the link is.
            #expect(try await browser.open("/account").status == 303)
            #expect(try await TestBrowser(server).open(path).status == 404)
            #expect(try await TestBrowser(server).logIn("bob", "another long word").status == 303)
        }
    }

    /// The first account is made by the link of the log, and no other one after it.
    @Test func theSetupMakesTheFirstAccountAndSite() async throws {
        try await RunningServer.with { server in
            let link = try await server.database.withAccounts { try await $0.makeSetupLink(replacing: nil) }
            let token = try #require(link?.text)
            let browser = TestBrowser(server)
            #expect(try await browser.open("/setup?token=hga_x").status == 404)
            #expect(try await browser.open("/setup?token=\(token)").status == 200)
            var form = [
                "token": token, "name": "ada", "email": "", "display_name": "", "password": "short", "site": "shop",
                "hostname": "shop.example", "timezone": "Europe/Berlin",
            ]
            #expect(try await browser.send("/setup", form).status == 400)
            form["password"] = TestBrowser.password
            let made = try await browser.send("/setup", form)
            #expect(made["Location"] == "/s/shop/settings/snippet")
            #expect(try await browser.open("/s/shop/settings/snippet").body.contains("data-site=&quot;shop&quot;"))
            #expect(try await TestBrowser(server).send("/setup", form).status == 404)
            let second = try await server.database.withAccounts { try await $0.makeSetupLink(replacing: nil) }
            #expect(second == nil)
        }
    }

    private func withServer(_ body: @Sendable (RunningServer) async throws -> Void) async throws {
        try await withDatabase(.postgres) { database in
            try await database.addAccount("ada", .owner, isOperator: true)
            try await RunningServer.with(database, ServerSettings()) { try await body($0) }
        }
    }
}
