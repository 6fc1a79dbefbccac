import Analytics
import NIOHTTP1
import Support
import Testing

/// The page of the share links of a site.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct SharingPageTests {
    private static let path = "/s/shop/settings/sharing"

    @Test func linksAreMadeWithAPassword() async throws {
        try await LoggedIn.with(.admin) { admin in
            for (form, fault) in [
                ("action=add&label=press&password=short", "a password has 10 to 200 characters"),
                ("action=add&label=press&password=aaaaaaaaaaaa", "too easy to guess"),
            ] {
                let refused = try await admin.send(Self.path, form)
                #expect(refused.status == 400 && refused.body.contains(fault), "\(refused.body)")
                #expect(refused.body.contains("value=\"press\"") && !refused.body.contains("/share/hgl_"))
            }
            let made = try await admin.send(Self.path, "action=add&label=press&password=correct+horse+battery")
            let link = String(try #require(made.body.firstMatch(of: /\/share\/hgl_[\w-]{43}/)).output)
            #expect(made.body.contains("with password") && made.body.contains("Remove password"), "\(made.body)")
            #expect(!made.body.contains("correct horse") && !made.body.contains("scrypt"))
            let closed = try await admin.shop.server.ask(.GET, link)
            #expect(closed.status == 401)
            let browser = TestBrowser(admin.shop.server)
            let entered = try await browser.send("\(link)/password", ["password": "correct horse battery"])
            #expect(entered.status == 303)
            #expect(try await browser.open(link).status == 200)
            let plain = try await admin.send(Self.path, "action=add&label=free&password=")
            let free = String(try #require(plain.body.firstMatch(of: /\/share\/hgl_[\w-]{43}/)).output)
            #expect(try await browser.open(free).status == 200)
        }
    }

    @Test func thePasswordOfALinkIsChangedAndRemoved() async throws {
        try await LoggedIn.with(.admin) { admin in
            let (server, database) = (admin.shop.server, admin.shop.database)
            let share = try await database.addGuardedShare(to: "shop")
            let other = try await database.addGuardedShare(to: "other")
            try await eventually { try await server.ask(.GET, "/share/\(other)").status == 401 }
            let browser = TestBrowser(server)
            let form = ["password": TestDatabase.cheapPassword]
            #expect(try await browser.send("/share/\(share)/password", form).status == 303)
            let short = try await admin.send(Self.path, "action=password&id=1&password=short")
            #expect(short.status == 400 && short.body.contains("a password has 10 to 200 characters"), "\(short.body)")
            #expect(try await browser.open("/share/\(share)").status == 200)
            // When the answer comes, every server asks for the new one.
            let changed = try await admin.send(Self.path, "action=password&id=1&password=another+long+word")
            #expect(changed.status == 303 && changed["Location"] == "\(Self.path)?done=saved", "\(changed)")
            #expect(try await browser.open("/share/\(share)").status == 401)
            let removed = try await admin.send(Self.path, "action=open&id=1")
            #expect(removed.status == 303)
            #expect(try await server.ask(.GET, "/share/\(share)").status == 200)
            let page = try await admin.open(Self.path)
            #expect(!page.body.contains("with password"), "\(page.body)")
            // The link of another site is none of this one.
            for action in ["password", "open"] {
                let foreign = try await admin.send(Self.path, "action=\(action)&id=2&password=another+long+word")
                #expect(foreign.status == 404, "\(action)")
            }
            #expect(try await server.ask(.GET, "/share/\(other)").status == 401)
        }
    }
}
