import Analytics
import Logging
import Postgres
import Schema
import Store
import Support
import Testing

@testable import Registry

/// Segments and notes, which servers and commands change.
@Suite(.needsPostgres)
struct SegmentTests {
    private static let filters = #"[["is","visit:country",["DE"]]]"#

    private func registry(_ url: String) -> SiteRegistry {
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return SiteRegistry(pool: PostgresStore(url: url).registryPool, cache: nil, logger: quiet)
    }

    private func name(_ text: String) throws -> SiteName { try SiteName(parsing: text.utf8Span.span) }

    /// A server knows at once what it has changed, another one when it looks, and a command sees it too.
    @Test(arguments: Flavour.allCases)
    func segmentsAreAddedAndRemoved(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.addSite("shop")
            let (shop, standard) = (try name("shop"), try name("default"))
            let (registry, other) = (registry(database.url), registry(database.url))
            let editor = RegistryEditor(of: database)
            defer { editor.close() }
            try await other.look()
            let germans = try await registry.addSegment("Germans", filters: Self.filters, to: shop)
            #expect(registry.recent?.site(named: shop)?.segments.map(\.id) == [germans.id])
            try await other.look()
            let seen = try #require(other.recent?.site(named: shop)?.segments.first)
            #expect(seen.name == "Germans")
            #expect(seen.filters == #"[["is", "visit:country", ["DE"]]]"#)
            let second = try await editor.addSegment("More", filters: Self.filters, to: shop)
            #expect(try await editor.site(shop).segments.map(\.id) == [germans.id, second.id])
            await #expect(throws: RegistryFailure.refused("the site has a segment Germans already")) {
                _ = try await registry.addSegment("Germans", filters: Self.filters, to: shop)
            }
            _ = try await registry.addSegment("Germans", filters: Self.filters, to: standard)
            let unknown = RegistryFailure.refused("the site has no segment \(germans.id.rawValue)")
            await #expect(throws: unknown) { try await registry.removeSegment(germans.id, of: standard) }
            try await registry.removeSegment(germans.id, of: shop)
            await #expect(throws: unknown) { try await editor.removeSegment(germans.id, of: shop) }
            try await editor.removeSegment(second.id, of: shop)
            try await registry.look()
            #expect(registry.recent?.site(named: shop)?.segments == [])
        }
    }

    @Test func aSiteHasALimitedNumberOfSegments() async throws {
        try await withDatabase(.postgres) { database in
            try await database.run("SELECT add_segment('default', n::text, '[]') FROM generate_series(1, 200) AS n")
            let registry = registry(database.url)
            let site = try name("default")
            await #expect(throws: RegistryFailure.refused("the site has 200 segments, and more are not taken")) {
                _ = try await registry.addSegment("one more", filters: Self.filters, to: site)
            }
        }
    }

    @Test(arguments: Flavour.allCases)
    func notesAreOnDates(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await database.addSite("shop")
            let (shop, standard) = (try name("shop"), try name("default"))
            let registry = registry(database.url)
            let editor = RegistryEditor(of: database)
            defer { editor.close() }
            let late = try await registry.addNote("2026-02-28", "Version 2", to: shop)
            let early = try await editor.addNote("2026-01-05", "it's\nout", to: shop)
            _ = try await registry.addNote("2026-01-05", "another site's", to: standard)
            #expect(try await registry.notes(of: shop, from: nil, to: nil) == [early, late])
            #expect(try await registry.notes(of: shop, from: "2026-01-06", to: nil) == [late])
            #expect(try await registry.notes(of: shop, from: "2026-01-05", to: "2026-01-05") == [early])
            #expect(try await editor.notes(of: shop) == [early, late])
            let unknown = RegistryFailure.refused("the site has no note \(late.id.rawValue)")
            await #expect(throws: unknown) { try await registry.removeNote(late.id, of: standard) }
            try await registry.removeNote(late.id, of: shop)
            await #expect(throws: unknown) { try await editor.removeNote(late.id, of: shop) }
            try await editor.removeNote(early.id, of: shop)
            #expect(try await registry.notes(of: shop, from: nil, to: nil) == [])
            try await database.run("SELECT add_note('shop', '2026-01-05', 'a') FROM generate_series(1, 1000)")
            await #expect(throws: RegistryFailure.refused("the site has 1000 notes, and more are not taken")) {
                _ = try await registry.addNote("2026-01-05", "one more", to: shop)
            }
        }
    }
}
