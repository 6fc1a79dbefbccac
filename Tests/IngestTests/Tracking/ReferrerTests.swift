import Analytics
import FoundationEssentials
import Ingest
import Testing

struct ReferrerTests {
    @Test(arguments: [
        ("https://www.google.com/", "google.com"), ("https://www.google.com.br", "google.com.br"),
        ("http://user:pw@blog.example.org:8080/p?q=1#f", "blog.example.org/p"),
        ("https://WWW.Other.COM.:443/a/", "other.com/a"), ("https://l.facebook.com/l.php?u=x", "l.facebook.com/l.php"),
        ("android-app://com.google.android.gm/", "com.google.android.gm"),
        ("https://a.example/b%C3%A9", "a.example/bé"),
        ("https://[2001:db8::1]:8443/", "[2001:db8::1]"), ("https://www.www.example/", "www.example"),
    ])
    func isHostAndPath(text: String, stored: String) throws {
        #expect(try referrer(text)?.text == stored)
    }

    @Test(arguments: [
        "", "/a", "//a.example/", "javascript:alert(1)", "about:blank", "data:,x", "file:///a", "ftp://a.example/",
        "chrome-extension://abc/", "https:///a", "https://a b/", "google.com", "app://start",
    ])
    func isNoneForOtherTexts(text: String) throws {
        #expect(try referrer(text) == nil)
    }

    @Test(
        arguments: [
            ("https://shop.example/", "shop.example", []), ("https://www.shop.example/", "shop.example", []),
            ("https://shop.example/", "www.shop.example", []),
            ("https://shop.example/", "other.example", ["shop.example"]),
            ("https://www.shop.example/", nil, ["shop.example"]), ("https://a.shop.example/", nil, ["*.shop.example"]),
        ] as [(String, String?, [String])]
    )
    func isNoneForPagesOfTheSite(text: String, page: String?, hostnames: [String]) throws {
        #expect(try referrer(text, from: page, hostnames) == nil)
    }

    @Test func isAnotherHostBeside() throws {
        #expect(
            try referrer("https://a.shop.example/", from: "shop.example", ["shop.example"])?.host == "a.shop.example"
        )
        #expect(try referrer("https://shop.example/", from: nil, [])?.host == "shop.example")
    }

    private func referrer(_ text: String, from page: String? = "page.example", _ hostnames: [String] = []) throws
        -> Referrer?
    {
        Referrer(parsing: text, from: page, of: try .sample(hostnames))
    }
}

extension Site {
    static func sample(_ hostnames: [String] = []) throws -> Site {
        let name = try SiteName(parsing: "site".utf8Span.span)
        return Site(
            id: SiteID(rawValue: 7),
            uuid: .random(),
            name: name,
            hostnames: hostnames.compactMap { Hostname($0) }
        )
    }
}
