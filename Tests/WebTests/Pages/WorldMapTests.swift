import Analytics
import Testing

@testable import Web

/// The map of the world on dashboards.
struct WorldMapTests {
    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)
    private static let codes = letters.flatMap { first in letters.map { first + $0 } }
        .filter { CountryNames.name(of: $0) != nil }

    private static func map(_ rows: [(String, Int)]) throws -> String {
        let name = try SiteName(parsing: "shop".utf8Span.span)
        let rows = rows.map { DashboardList.Row($0.0, visitors: $0.1, share: 1) }
        return WorldMap(rows: rows, address: DashboardAddress(name), links: Links(base: "/b")).html.text
    }

    @Test func everyCountryHasAShape() throws {
        #expect(Self.codes.count == 250)
        for code in Self.codes { #expect(WorldShapes.shape(of: code) != nil, "\(code)") }
        #expect(WorldShapes.shape(of: "ZZ") == nil && WorldShapes.shape(of: "") == nil)
    }

    @Test func theFileIsWellFormedAndSmall() throws {
        let text = PageAsset.world.content
        let start = try #require(text.firstRange(of: "<!--")?.lowerBound)
        let end = try #require(text.firstRange(of: "-->")?.upperBound)
        let markup = try Markup("<!doctype html>\n" + text[..<start] + text[end...])
        let ids = markup.tags.compactMap { $0.attributes["id"] }
        #expect(Set(ids) == Set(Self.codes) && ids.count == Self.codes.count)
        #expect(markup.tags.first?.attributes["viewBox"] == "0 0 \(WorldShapes.size.width) \(WorldShapes.size.height)")
        #expect(text.utf8.count <= 35_000)
    }

    @Test func aCountryIsTheLinkToItsFilter() throws {
        let map = try Self.map([("DE", 1_204), ("(not set)", 300), ("SG", 7), ("FR", 7)])
        #expect(map.contains("<a href=\"/b/s/shop?filter=country==DE\" tabindex=\"-1\"><path d=\"M"), "\(map)")
        #expect(map.contains("class=\"m6\"><title>Germany: 1,204</title></path></a>"), "\(map)")
        #expect(map.contains("<title>Singapore: 7</title></circle></a>"), "\(map)")
        // Equal numbers have the same shade.
        #expect(map.matches(of: /class="m4"/).count == 3, "\(map)")
        #expect(map.contains("</svg>7</li>") && map.contains("</svg>1,204</li>"), "\(map)")
        #expect(!map.contains("not set"))
    }

    @Test func withoutAKnownCountryThereIsNoMap() throws {
        #expect(try Self.map([("(not set)", 3)]).isEmpty)
    }

    @Test func aMapOfAllCountriesIsSmall() throws {
        let map = try Self.map(Self.codes.enumerated().map { ($1, 1_000 - $0) })
        #expect(map.utf8.count <= 45_000, "\(map.utf8.count)")
        for shade in 1...6 { #expect(map.contains("class=\"m\(shade)\"")) }
    }
}
