import Analytics
import Logging
import Postgres
import Schema
import Store
import Support
import Testing

@testable import Registry

/// The names that sites had before, which lead to them.
@Suite(.needsPostgres)
struct FormerNameTests {
    private func registry(_ url: String) -> SiteRegistry {
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return SiteRegistry(pool: PostgresStore(url: url).registryPool, cache: nil, logger: quiet)
    }

    private func name(_ text: String) throws -> SiteName { try SiteName(parsing: text.utf8Span.span) }

    private func formerNames(in database: TestDatabase) async throws -> Set<String> {
        let sql = "SELECT name FROM hourglass.former_site_name"
        let rows = try await Connection.with(database.url) { connection in
            try await connection.table(PostgresQuery(sql), limit: .none).rows
        }
        return Set(rows.compactMap { if case .text(let name)? = $0.first { name } else { nil } })
    }

    private func id(_ text: String, in registry: SiteRegistry) async throws -> SiteID? {
        try await registry.look()
        return registry.recent?.site(named: try name(text))?.id
    }

    @Test(arguments: Flavour.allCases)
    func allNamesOfASiteLeadToIt(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.addSite("a")
            let registry = registry(database.url)
            let editor = RegistryEditor(of: database)
            defer { editor.close() }
            let id = try #require(try await id("a", in: registry))
            try await editor.renameSite(try name("a"), to: try name("b"))
            // A site may be named by any of its names, and have one again.
            try await editor.renameSite(try name("a"), to: try name("c"))
            try await editor.renameSite(try name("b"), to: try name("a"))
            for text in ["a", "b", "c"] {
                let found = try await self.id(text, in: registry)
                #expect(found == id, "\(text)")
            }
            #expect(registry.recent?[id]?.name.text == "a")
            let names = try await formerNames(in: database)
            #expect(names == ["b", "c"])
        }
    }

    /// Whoever owns both sites tells which of them a name leads to.
    @Test func anotherSiteOfTheOrganisationTakesAName() async throws {
        try await withDatabase(.postgres) { database in
            try await database.addSite("a")
            let registry = registry(database.url)
            let editor = RegistryEditor(of: database)
            defer { editor.close() }
            let first = try #require(try await id("a", in: registry))
            try await editor.renameSite(try name("a"), to: try name("b"))
            try await editor.renameSite(try name("b"), to: try name("c"))
            let second = try await editor.addSite(
                try name("a"),
                hostnames: [],
                zone: nil,
                settings: SiteSettings(),
                organisation: nil
            )
            #expect(try await id("a", in: registry) == second)
            #expect(try await id("b", in: registry) == first)
            try await editor.renameSite(try name("a"), to: try name("b"))
            for text in ["a", "b"] {
                let found = try await id(text, in: registry)
                #expect(found == second, "\(text)")
            }
            #expect(try await id("c", in: registry) == first)
        }
    }

    /// Others get neither the hits of old snippets nor the present name.
    @Test func anotherOrganisationDoesNot() async throws {
        try await withDatabase(.postgres) { database in
            try await database.addSite("a")
            try await database.run("INSERT INTO organisation (name) VALUES ('other')")
            let editor = RegistryEditor(of: database)
            defer { editor.close() }
            try await editor.renameSite(try name("a"), to: try name("b"))
            let refused = RegistryFailure.refused("the name a belongs to another site, which had it before")
            await #expect(throws: refused) {
                _ = try await editor.addSite(
                    try name("a"),
                    hostnames: [],
                    zone: nil,
                    settings: SiteSettings(),
                    organisation: "other"
                )
            }
            try await database.run("SELECT add_site('d', NULL, NULL, NULL, 'other')")
            await #expect(throws: refused) { try await editor.renameSite(try name("d"), to: try name("a")) }
            await #expect(throws: RegistryFailure.refused("there is a site b already")) {
                try await editor.renameSite(try name("d"), to: try name("b"))
            }
        }
    }

    @Test func aSiteHasALimitedNumberOfThem() async throws {
        try await withDatabase(.postgres) { database in
            try await database.addSite("n0")
            for number in 1...52 {
                try await database.run("SELECT rename_site('n\(number - 1)', 'n\(number)')")
            }
            let names = try await formerNames(in: database)
            #expect(names == Set((2...51).map { "n\($0)" }))
        }
    }
}
