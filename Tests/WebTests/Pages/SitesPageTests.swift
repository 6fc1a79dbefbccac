import Analytics
import Testing

@testable import Web

/// The list of all sites, and its addresses.
struct SitesPageTests {
    private static func row(_ name: String, _ role: Role = .owner, pageviews: Int? = nil) throws -> SiteRow {
        var row = SiteRow(name: try Sample.siteName(name), organisation: "default", zone: "UTC", role: role)
        row.numbers = pageviews.map { SiteNumbers(visitors: 7, pageviews: $0, series: [1, 2, 4]) }
        return row
    }

    private static func html(
        _ rows: [SiteRow],
        at address: SitesAddress = SitesAddress(),
        total: Int? = nil
    ) -> String {
        let list = SitesList(address, rows: rows, summed: rows, total: total ?? rows.count)
        return SitesPage(list, mayAdd: false).content(Links(base: "/stats")).text
    }

    @Test func theWholeStateIsInTheAddress() {
        var address = SitesAddress()
        #expect(address.link(Links()).text == "/sites")
        (address.period, address.search, address.offset) = (.days, "a&b", 50)
        #expect(address.link(Links()).text == "/sites?period=30d&q=a%26b&offset=50")
        let sorted = address.sorted(by: .pageviews)
        #expect(sorted.link(Links()).text == "/sites?period=30d&q=a%26b&sort=-pageviews")
        #expect(sorted.file(.csv, Links()).text == "/sites.csv?period=30d&q=a%26b&sort=-pageviews")
        #expect(sorted.showing(.recent).link(Links()).text == "/sites?q=a%26b&sort=-pageviews")
    }

    /// The same head again turns the order round.
    @Test func numbersGoFromTheGreatestAndNamesFromTheFirst() {
        let visitors = SitesAddress().sorted(by: .visitors)
        #expect(visitors.isDescending && !visitors.sorted(by: .visitors).isDescending)
        #expect(!visitors.sorted(by: .name).isDescending && SitesAddress().sorted(by: .name).isDescending)
        #expect(visitors.sorted(by: .name).link(Links()).text == "/sites")
    }

    @Test func pageViewsAreAddedUpAndVisitorsAreNot() throws {
        let rows = [try Self.row("a", pageviews: 1_200), try Self.row("b", pageviews: 34), try Self.row("c")]
        let foot = try #require(Self.html(rows).split(separator: "<tfoot>").last?.split(separator: "</tfoot>").first)
        #expect(foot.contains("All 3 sites") && foot.contains("as far as 2 are known") && foot.contains(">1,234<"))
        #expect(!foot.contains(">14<") && !foot.contains(">21<"), "\(foot)")
        #expect(!Self.html([rows[0]]).contains("<tfoot>"))
        #expect(Self.html(rows, total: 90).contains("The 3 sites of this page"))
    }

    @Test func sumsDoNotOverflow() throws {
        let rows = [try Self.row("a", pageviews: .max), try Self.row("b", pageviews: .max)]
        #expect(SitesSum(rows).pageviews == .max)
    }

    @Test func lengthsOfTimeHaveTheirLine() throws {
        let html = Self.html([try Self.row("a", pageviews: 9)])
        #expect(html.contains("role=\"img\" aria-label=\"Visitors by day: 1, 2, 4\""), "\(html)")
        var row = try Self.row("a")
        row.numbers = SiteNumbers(visitors: 0, pageviews: 0, series: Array(repeating: 0, count: 24))
        var address = SitesAddress()
        address.period = .today
        let empty = Self.html([row], at: address)
        #expect(empty.contains("aria-label=\"Visitors by hour: at most 0\"") && !empty.contains("<path d=\"M0"))
        #expect(empty.contains("href=\"/stats/s/a?period=day\""))
    }

    @Test func missingNumbersAreDashesWithANotice() throws {
        let html = Self.html([try Self.row("a"), try Self.row("b")])
        #expect(html.contains("Numbers of 2 sites are missing") && html.contains("<td class=\"n\">–</td>"))
        var row = try Self.row("c", .viewer, pageviews: 1)
        row.hour = 0
        #expect(!Self.html([row]).contains("missing"))
    }

    @Test func refusedHitsAreForMembers() throws {
        var member = try Self.row("a", .member, pageviews: 1)
        (member.refused, member.counted) = (1, 3)
        let viewer = try Self.row("b", .viewer, pageviews: 1)
        let both = Self.html([member, viewer])
        #expect(both.contains("<a href=\"/stats/s/a/refused\">25.0 %</a>") && !both.contains("/s/b/refused"))
        #expect(both.contains("/s/a/settings") && !both.contains("/s/b/settings"))
        #expect(!Self.html([viewer]).contains("Refused"))
    }

    @Test func tooManySitesGoByNames() throws {
        let rows = [try Self.row("a"), try Self.row("b")]
        let html = Self.html(rows, total: SitesList.mostSorted + 1)
        #expect(html.contains("go by their names alone"))
        #expect(html.contains("sort=-name") && !html.contains("sort=-visitors"))
        #expect(Self.html(rows, total: SitesList.mostSorted).contains("sort=-visitors"))
    }
}
