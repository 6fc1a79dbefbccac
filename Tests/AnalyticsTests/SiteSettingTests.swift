import Analytics
import Foundation
import Testing

/// The settings of a site, as they are changed and kept.
struct SiteSettingTests {
    @Test func patternsOfPagesAreKeptInTheirOrder() throws {
        let changes = try SiteSettingChanges([#"pages=/user/*,/blog/*/"a"\b,/"#])
        #expect(changes.settings.pageRules == ["/user/*", #"/blog/*/"a"\b"#, "/"])
        let values = try JSONDecoder().decode([String: [String]].self, from: Data(changes.json.utf8))
        #expect(values == ["pages": changes.settings.pageRules])
        let kept = try JSONEncoder().encode(changes.settings)
        #expect(try JSONDecoder().decode(SiteSettings.self, from: kept) == changes.settings)
        let shown = try JSONDecoder().decode(SiteSettings.self, from: Data(changes.settings.json.utf8))
        #expect(shown == changes.settings)
        #expect(changes.settings.texts.first { $0.name == "pages" }?.value == #"/user/*,/blog/*/"a"\b,/"#)
    }

    @Test func withoutAValueTheDefaultIsMeant() throws {
        let changes = try SiteSettingChanges(["pages=", "query="])
        #expect(changes.json == #"{"pages":null,"query":null}"#)
        #expect(changes.settings == SiteSettings())
        #expect(try JSONDecoder().decode(SiteSettings.self, from: Data("{}".utf8)) == SiteSettings())
    }

    @Test(
        arguments: [
            "pages=user", "pages=/a,b", "pages=/a\tb", "pages=/" + String(repeating: "a", count: 500),
            "pages=" + Array(repeating: "/a", count: 101).joined(separator: ","), "page=/a",
        ]
    )
    func whatIsNoPatternIsRefused(text: String) {
        #expect(throws: SiteSettingChanges.Invalid.self) { try SiteSettingChanges([text]) }
    }

    @Test func aHundredPatternsAreTaken() throws {
        let pattern = "/" + String(repeating: "a", count: 499)
        let text = "pages=" + Array(repeating: pattern, count: 100).joined(separator: ",")
        let changes = try SiteSettingChanges([text])
        #expect(changes.settings.pageRules.count == 100)
    }
}
