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
        ("https://[2001:DB8::1]:8443/", "2001:db8::1"), ("https://[2001:db8::1]/a", "2001:db8::1/a"),
        ("https://www.www.example/", "www.example"),
    ])
    func isHostAndPath(text: String, stored: String) {
        #expect(Referrer(parsing: text)?.text == stored)
    }

    @Test(arguments: [
        "", "/a", "//a.example/", "javascript:alert(1)", "about:blank", "data:,x", "file:///a", "ftp://a.example/",
        "chrome-extension://abc/", "https:///a", "https://a b/", "google.com", "app://start",
    ])
    func isNoneForOtherTexts(text: String) {
        #expect(Referrer(parsing: text) == nil)
    }

    @Test(
        arguments: [
            ("https://shop.example/", "shop.example", []), ("https://www.shop.example/", "shop.example", []),
            ("https://shop.example/", "www.shop.example", []), ("https://user@shop.example:80/", "shop.example", []),
            ("https://shop.example/", "other.example", ["shop.example"]),
            ("https://shop.example/", nil, ["a.example", "www.shop.example"]),
            ("https://www.shop.example/", nil, ["shop.example"]), ("https://a.shop.example/", nil, ["*.shop.example"]),
            // Its `www.` is one of them.
            ("https://shop.example/", nil, ["*.shop.example"]),
            ("https://[2001:db8::1]/", "[2001:db8::1]", []), ("https://[2001:db8::1]/", nil, ["[2001:db8::1]"]),
        ] as [(String, String?, [String])]
    )
    func isInternalOnPagesOfTheSite(text: String, page: String?, hostnames: [String]) throws {
        #expect(try #require(Referrer(parsing: text)).isInternal(page: page, site: .sample(hostnames)))
    }

    @Test(
        arguments: [
            ("https://a.shop.example/", "shop.example", ["shop.example"]), ("https://shop.example/", nil, []),
            ("https://shop.example.com/", "shop.example", []),
            ("https://b.example/", "shop.example", ["*.shop.example"]),
            ("android-app://shop.example/", "shop.example", ["shop.example"]),
        ] as [(String, String?, [String])]
    )
    func isExternalOnOtherHosts(text: String, page: String?, hostnames: [String]) throws {
        #expect(try !#require(Referrer(parsing: text)).isInternal(page: page, site: .sample(hostnames)))
    }

    @Test(arguments: [
        "http://localhost:3000/", "http://app.localhost/", "http://printer.local/", "https://db.internal/",
        "http://127.0.0.1/", "http://10.1.2.3:8080/", "http://172.16.0.1/", "http://172.31.255.255/",
        "http://192.168.178.1/", "http://169.254.1.1/", "http://0.0.0.0/", "http://[::1]/", "http://[::]/",
        "http://[fd12:3456::1]/", "http://[fc00::1]/", "http://[fe80::1]/", "http://[FEBF::1]/",
    ])
    func isLocalInPrivateNetworks(text: String) throws {
        #expect(try #require(Referrer(parsing: text)).isLocal)
    }

    @Test(arguments: [
        "http://localhost.example/", "https://notlocal/", "http://172.15.0.1/", "http://172.32.0.1/",
        "http://192.167.1.1/",
        "http://11.0.0.1/", "http://169.253.1.1/", "http://10.1.2/", "http://10.1.2.3.4/", "http://10.1.2.256/",
        "http://10.example/", "http://[2001:db8::1]/", "http://[fe00::1]/", "http://[fec0::1]/", "http://[fd::1]/",
        "http://[::2]/", "android-app://app.local/", "http://wiki/", "https://local.example/",
    ])
    func isNotLocalElsewhere(text: String) throws {
        #expect(try !#require(Referrer(parsing: text)).isLocal)
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
