import Testing

@testable import Web

/// The filters above a dashboard, which narrow screens have in a sheet.
struct FilterBarTests {
    private static func address() throws -> DashboardAddress { DashboardAddress(try Sample.siteName()) }

    private static func text(_ address: DashboardAddress) -> String {
        FilterBar(address: address, segments: [], maySave: false, links: Links()).html.text
    }

    @Test func theButtonTellsTheirNumber() throws {
        var address = try Self.address()
        func words(_ number: String) -> String { "popovertarget=\"filters\">\(number)<svg" }
        #expect(Self.text(address).contains(words("Filters")))
        address.filters = [DashboardFilter("page", "==", ["/a"])]
        #expect(Self.text(address).contains(words("1 filter")))
        address.kept = [("segment", "3"), ("bots", "true"), ("tz", "UTC")]
        #expect(Self.text(address).contains(words("3 filters")))
    }

    /// On narrow screens one card is below the other, in the order of the document.
    @Test func cardsComeByTheirWeight() {
        #expect(DashboardCard.allCases == [.pages, .sources, .campaigns, .locations, .events, .devices])
        for view in [DashboardView.page("/"), .event("Signup")] {
            #expect(view.cards == DashboardCard.allCases.filter(view.cards.contains))
        }
    }
}
