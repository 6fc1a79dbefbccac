import Analytics
import Testing

struct ReaderOriginTests {
    @Test(arguments: [
        "https://example.com", "http://localhost:3000", "https://a.b-c.example:8443", "http://[::1]:3000",
        "https://[2001:db8::1]", "https://xn--bcher-kva.example", "*",
    ])
    func isWhatABrowserSends(text: String) {
        #expect(ReaderOrigin(text)?.text == text)
    }

    @Test(arguments: [
        "", "example.com", "https://", "https://Example.com", "https://example.com/", "https://example.com:443",
        "http://example.com:80", "https://example.com:", "https://example.com:0", "https://example.com:65536",
        "https://example.com:08443", "https://u@example.com", "ftp://example.com", "https://example.com?x", "null",
        "https://*.example.com", "https://a.example b", "**", "https://a://b",
    ])
    func isNothingElse(text: String) {
        #expect(ReaderOrigin(text) == nil)
    }

    @Test func settingsAreReadAndWritten() throws {
        let changes = try SiteSettingChanges(["origins=https://a.example,http://b.example:81", "public=true"])
        #expect(changes.json == #"{"origins":["https://a.example","http://b.example:81"],"public":true}"#)
        #expect(changes.settings.origins.count == 2)
        #expect(try SiteSettingChanges(["origins="]).json == #"{"origins":null}"#)
        #expect(throws: SiteSettingChanges.Invalid.self) { try SiteSettingChanges(["origins=https://a.example/"]) }
    }
}
