import Analytics
import Ingest
import Support
import Testing

struct PageURLTests {
    @Test(arguments: [
        (
            "https://example.com/a?b#c",
            PageURL(scheme: "https", host: "example.com", rawPath: "/a", rawQuery: "b", rawFragment: "c")
        ),
        ("HTTP://user:pw@WWW.Example.COM.:443/A/", PageURL(scheme: "http", host: "www.example.com", rawPath: "/A/")),
        ("https://a@b@example.com", PageURL(scheme: "https", host: "example.com", rawPath: "")),
        ("app://start/x y", PageURL(scheme: "app", host: "start", rawPath: "/x y")),
        ("file:///home/a", PageURL(scheme: "file", host: nil, rawPath: "/home/a")),
        ("//example.com?a?b#c#d?", PageURL(host: "example.com", rawPath: "", rawQuery: "a?b", rawFragment: "c#d?")),
        ("/a?b", PageURL(host: nil, rawPath: "/a", rawQuery: "b")), ("/a:b//c", PageURL(host: nil, rawPath: "/a:b//c")),
        ("/#?", PageURL(host: nil, rawPath: "/", rawFragment: "?")), (" \n/a \t", PageURL(host: nil, rawPath: "/a")),
        ("https://example.com#a", PageURL(scheme: "https", host: "example.com", rawPath: "", rawFragment: "a")),
        ("chrome-extension://abc/p", PageURL(scheme: "chrome-extension", host: "abc", rawPath: "/p")),
        ("/?", PageURL(host: nil, rawPath: "/")),
    ])
    func readsItsParts(text: String, url: PageURL) {
        #expect(PageURL(parsing: text) == url)
    }

    @Test(arguments: [
        "", " ", "a", "example.com/a", "about:blank", "javascript:alert(1)", "data:,x", "mailto:a@b.example", "https:",
        "https:/a", "https:a", "localhost:80/a", "?a", "#a", "1http://a.example", ":/a", "http ://a.example", "/a\nb",
        "/a\0b", "/a\u{7F}", "https://a.example/\u{85}", "héttp://a.example", "*",
    ])
    func refusesOtherTexts(text: String) {
        #expect(PageURL(parsing: text) == nil)
    }

    @Test(arguments: [
        ("[2001:DB8::1]:8443", "[2001:db8::1]"), ("192.0.2.1:80", "192.0.2.1"), ("a.example:", "a.example"),
        ("my_host.example", "my_host.example"), ("münchen.de", "xn--mnchen-3ya.de"),
        ("MÜNCHEN.DE:80", "xn--mnchen-3ya.de"),
        ("bücher.example。com", "xn--bcher-kva.example.com"), ("faß.de", "xn--fa-hia.de"),
        ("日本語.jp", "xn--wgv71a119e.jp"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"), ("😀.example", "xn--e28h.example"),
        ("xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
    ])
    func readsHosts(authority: String, host: String) {
        #expect(PageURL(parsing: "https://\(authority)/")?.host == host)
    }

    @Test(arguments: [
        "a b", "a..b", ".a", "a%20b", "[::1", "::1", "[::g]", "[]", "[", "[:]", "[1234]", "a:b", "a:80:80", "@",
        "a\u{A0}b", "é\u{E000}",
        String(repeating: "é", count: 60), String(repeating: "a", count: 64) + ".de",
        String(repeating: "a.", count: 127) + "example",
    ])
    func takesAnInvalidHostForNone(authority: String) {
        let url = PageURL(parsing: "https://\(authority)/a")
        #expect(url != nil)
        #expect(url?.host == nil)
        #expect(url?.rawPath == "/a")
    }

    @Test(arguments: 0..<20)
    func survivesAnyText(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var settings = SiteSettings()
        settings.keepsFragment = true
        settings.queryParameters = ["a", ""]
        for _ in 0..<200 {
            let scheme = ["https://", "//", "/", "x:", ""].randomElement(using: &random) ?? ""
            guard let url = PageURL(parsing: scheme + random.wildText(0...60)) else { continue }
            #expect(url.host.map { Hostname.isHost($0[...]) } ?? true)
            let path = url.path(of: settings)
            #expect((1...2_048).contains(path.utf8.count))
            #expect(!path.utf8.contains { $0 < 0x20 })
        }
    }
}
