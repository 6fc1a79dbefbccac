import Testing

@testable import Web

struct SnippetTests {
    @Test func everyLineNamesTheServerAndTheSite() throws {
        let server = try #require(ServerAddress("HTTPS://stats.example.org/hourglass/"))
        let snippet = Snippet(
            site: "shop",
            page: "https://shop.example/",
            server: server,
            script: "/t.js",
            endpoint: "/api/v1/events"
        )
        let texts = Dictionary(uniqueKeysWithValues: snippet.parts.map { ($0.name, $0.text) })
        #expect(
            texts["tag"] == #"<script async src="https://stats.example.org/hourglass/t.js" data-site="shop"></script>"#
        )
        let origin = "https://stats.example.org"
        #expect(texts["csp"] == "script-src \(origin); connect-src \(origin); img-src \(origin)")
        #expect(
            texts["noscript"]?.contains("/hourglass/pixel.gif?site=shop&amp;url=https%3A%2F%2Fshop.example%2F\"")
                == true
        )
        #expect(texts["curl"]?.hasPrefix("curl -i https://stats.example.org/hourglass/api/v1/events -d '{") == true)
        for text in texts.values { #expect(snippet.text.contains(text)) }
    }

    @Test(arguments: [
        "", "stats.example.org", "ftp://x", "https://", "https:///x", "https://x/?a", "https://x\"", "http://ö.de",
    ])
    func anAddressHasASchemeAndAHost(text: String) {
        #expect(ServerAddress(text) == nil)
    }

    @Test func anAddressMayHaveAPort() {
        #expect(ServerAddress("http://127.0.0.1:8080")?.origin == "http://127.0.0.1:8080")
        #expect(ServerAddress("http://[::1]:80//")?.text == "http://[::1]:80")
    }
}
