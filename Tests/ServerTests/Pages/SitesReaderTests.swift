import Analytics
import FoundationEssentials
import Store
import Testing
import Web

@testable import Server

/// The reading of the list of all sites without a server.
struct SitesReaderTests {
    private static func site(_ id: Int32, _ name: String) throws -> SitesReader.Seen {
        let site = Site(id: ID(rawValue: id), uuid: UUID(), name: try SiteName(parsing: name.utf8Span.span))
        return SitesReader.Seen(site: site, role: .owner)
    }

    private static func row(_ name: String, _ hour: Int?) throws -> SiteRow {
        let site = try site(1, name).site
        var row = SiteRow(name: site.name, organisation: "default", zone: "UTC", role: .viewer)
        row.hour = hour
        return row
    }

    /// The list is there while the database is away.
    @Test func numbersThatCannotBeToldAreMissing() async throws {
        let sites = [try Self.site(1, "a"), try Self.site(2, "b")]
        let reader = SitesReader(store: PostgresStore(url: "host=/nowhere"))
        let list = await reader.list(sites, SitesAddress())
        #expect(list.rows.map(\.name.text) == ["a", "b"])
        #expect(list.rows.allSatisfy { $0.hour == nil && $0.numbers == nil && $0.refused == nil })
    }

    @Test func rowsWithoutANumberAreTheLast() throws {
        let rows = [
            try Self.row("a", nil), try Self.row("b", 1), try Self.row("c", 3), try Self.row("d", nil),
            try Self.row("e", 3),
        ]
        var address = SitesAddress()
        address.sort = .hour
        #expect(SitesReader.sorted(rows, by: address).map(\.name.text) == ["b", "c", "e", "a", "d"])
        address.isDescending = true
        #expect(SitesReader.sorted(rows, by: address).map(\.name.text) == ["c", "e", "b", "a", "d"])
    }

    /// More sites than can be sorted by numbers go by their names, and no more than a page of them is asked about.
    @Test func tooManySitesGoByTheirNames() async throws {
        let sites = try (1...Int32(SitesList.mostSorted) + 1).map { try Self.site($0, "site-\($0)") }
        var address = SitesAddress()
        (address.sort, address.isDescending, address.offset) = (.visitors, true, SitesList.mostSorted)
        let list = await SitesReader(store: PostgresStore(url: "host=/nowhere")).list(sites, address)
        #expect(list.address.sort == .name && list.rows.count == 1 && list.address.offset == SitesList.mostSorted)
    }
}
