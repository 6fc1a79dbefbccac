import Analytics
import Testing

struct EventKindTests {
    @Test func isClickOrImpression() throws {
        #expect(try kind("click") == .click)
        #expect(try kind("impression") == .impression)
    }

    @Test func isStoredAsAFixedNumber() {
        #expect(Event.Kind.click.rawValue == 1)
        #expect(Event.Kind.impression.rawValue == 2)
    }

    @Test(arguments: [
        "Click", "CLICK", "clicK", " click", "click ", "click\n", "click\0", "clic", "clicks", "klick", "ｃlick",
        "cli\u{441}k",
        "Impression", "impressions", "impressio", "impression\r", "click,impression", "clickimpression", "1", "view",
    ])
    func isNothingElse(text: String) {
        #expect(throws: Rejection(.event, .unknownEvent)) { try kind(text) }
    }

    @Test func isNotEmpty() {
        #expect(throws: Rejection(.event, .empty)) { try kind("") }
    }

    private func kind(_ text: String) throws(Rejection) -> Event.Kind {
        try Event.Kind(parsing: Array(text.utf8).span)
    }
}
