import Analytics
import Testing

@testable import Web

/// The ways from a dashboard without hits to others.
struct NoHitsTests {
    private static let page = DashboardFilter("page", "==", ["/a"])
    private static let country = DashboardFilter("country", "==", ["DE"])

    private static func links(
        _ reason: NoHits,
        _ filters: [DashboardFilter],
        segment: String? = nil
    ) throws -> [String] {
        var address = DashboardAddress(try Sample.siteName())
        address.period = [("period", "7d")]
        address.filters = filters
        address.kept = segment.map { [("segment", $0)] } ?? []
        let html = reason.state(address, [], Links()).html.text
        let links = html.matches(of: #/href="/s/example.com([^"]*)"/#).map { String($0.1) }
        return links.map { $0.replacing("&amp;", with: "&") }
    }

    @Test func theFilterThatRemovesAllIsRemoved() throws {
        let links = try Self.links(.condition(.filter(Self.country)), [Self.page, Self.country])
        #expect(links == ["?period=7d&filter=page==%2Fa", "?period=7d"])
        let alone = try Self.links(.condition(.filter(Self.country)), [Self.country])
        #expect(alone == ["?period=7d"])
        let segment = try Self.links(.condition(.segment("3")), [Self.page], segment: "3")
        #expect(segment == ["?period=7d&filter=page==%2Fa", "?period=7d"])
    }

    @Test(arguments: [true, false])
    func eachFilterCanBeRemoved(isKnown: Bool) throws {
        let links = try Self.links(isKnown ? .conditions : .unknown, [Self.page, Self.country], segment: "3")
        #expect(
            links == [
                "?period=7d&segment=3&filter=country==DE", "?period=7d&segment=3&filter=page==%2Fa",
                "?period=7d&filter=page==%2Fa&filter=country==DE", "?period=7d",
            ]
        )
        // A list of one would say the same twice.
        #expect(try Self.links(.unknown, [Self.page]) == ["?period=7d"])
    }

    @Test func anEmptyPeriodLeadsToTheLastHits() throws {
        let links = try Self.links(.period(last: "2026-11-24"), [Self.page])
        #expect(links.first == "?period=day&date=2026-11-24&filter=page==%2Fa")
        #expect(links.count == 2)
        for reason in [NoHits.period(last: nil), .period(last: "soon"), .unknown] {
            let links = try Self.links(reason, [])
            #expect(links == ["?period=all"])
        }
    }

    @Test func itIsSaidInWords() throws {
        let address = DashboardAddress(try Sample.siteName())
        let segment = DashboardSegment(id: 3, name: "Germans", isPersonal: false)
        let filter = NoHits.condition(.filter(Self.country)).state(address, [], Links()).html.text
        #expect(filter.contains("Without country is <strong><bdi>Germany</bdi></strong> there are hits in this time."))
        let named = NoHits.condition(.segment("3")).state(address, [segment], Links()).html.text
        #expect(named.contains("Without segment <strong><bdi>Germans</bdi></strong> there are hits"))
        let empty = NoHits.period(last: "2026-11-24").state(address, [], Links()).html.text
        #expect(empty.contains("The last hits are of 24 Nov 2026."))
    }
}
