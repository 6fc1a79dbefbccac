import Analytics
import Logging
import Postgres
import Schema
import Store
import Support
import Testing

@testable import Registry

/// Passwords of share links in the database.
@Suite(.needsPostgres)
struct SharePasswordTests {
    private static let client = LoginClient(agent: "", address: "192.0.2.1", addressKey: "address 192.0.2.1")

    @Test func aLinkMayHaveAPassword() async throws {
        try await withShop { editor, registry, site in
            let (guarded, plain) = (ShareText.random(), ShareText.random())
            let password = try await editor.accounts.sharePassword("correct horse battery")
            let id = try await editor.add(guarded, to: site, label: "press", filters: "[]", password: password)
            let plainID = try await editor.add(plain, to: site, label: "", filters: "[]")
            try await registry.look()
            #expect(registry.recent?.share(guarded)?.password == password)
            #expect(registry.recent?.share(guarded)?.id == id)
            let known = registry.recent?.share(plain)
            #expect(known?.id == plainID && known?.password == nil)
            let shop = try await editor.site(site).id
            #expect(try await editor.shares(of: shop).map(\.hasPassword) == [true, false])
        }
    }

    /// A change of the password is one of the registry, and all proofs of the former one are over with it.
    @Test func thePasswordIsChangedAndTakenAway() async throws {
        try await withShop { editor, registry, site in
            let link = ShareText.random()
            let id = try await editor.add(link, to: site, label: "", filters: "[]")
            var proofs: [ShareProof] = []
            for hash in ["$scrypt$a", "$scrypt$b", nil] {
                try await editor.setPassword(hash.map { SharePassword(hash: $0) }, ofShare: id)
                try await registry.look()
                let share = try #require(registry.recent?.share(link))
                let isOver = proofs.allSatisfy { ShareProof($0.text, of: share, at: .now) == nil }
                #expect(isOver)
                #expect(share.password?.hash == hash)
                if let proof = ShareProof(of: share, at: .now) { proofs.append(proof) }
            }
            #expect(proofs.count == 2)
            try await editor.revokeShare(id)
            let password = SharePassword(hash: "x")
            for other in [id, 77, Int.max] {
                await #expect(throws: RegistryFailure.self) { try await editor.setPassword(password, ofShare: other) }
            }
        }
    }

    /// Failures count for the link and for the address, as those of logins do.
    @Test func attemptsAreLimited() async throws {
        try await withShop { editor, registry, site in
            let (accounts, link) = (editor.accounts, ShareText.random())
            let cheap = SharePassword(hash: TestDatabase.cheapHash)
            _ = try await editor.add(link, to: site, label: "", filters: "[]", password: cheap)
            try await registry.look()
            let share = try #require(registry.recent?.share(link))
            let proof = try await accounts.check(TestDatabase.cheapPassword, of: share, Self.client, now: .now)
            #expect(ShareProof(proof.text, of: share, at: .now) != nil)
            var failures: [AccountFailure] = []
            for _ in 0..<12 where failures.allSatisfy({ $0 == .wrong }) {
                let failure = await #expect(throws: AccountFailure.self) {
                    _ = try await accounts.check("wrong", of: share, Self.client, now: .now)
                }
                failures.append(try #require(failure))
            }
            #expect(failures.count > 5 && failures.count < 12)
            let last = try #require(failures.last)
            #expect(last != .wrong && last != .busy)
            // The right one has to wait too.
            await #expect(throws: AccountFailure.self) {
                _ = try await accounts.check(TestDatabase.cheapPassword, of: share, Self.client, now: .now)
            }
        }
    }

    private func withShop(
        _ body: @Sendable (RegistryEditor, SiteRegistry, SiteName) async throws -> Void
    ) async throws {
        try await withDatabase(.postgres) { database in
            try await database.addSite("shop")
            let pool = Pool(url: database.url, setup: RegistryEditor.setup, size: 2)
            defer { pool.close() }
            let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let registry = SiteRegistry(
                pool: PostgresStore(url: database.url).registryPool,
                cache: nil,
                logger: quiet
            )
            let site = try SiteName(parsing: "shop".utf8Span.span)
            try await body(RegistryEditor(pool: pool, longestWait: .zero), registry, site)
        }
    }
}
