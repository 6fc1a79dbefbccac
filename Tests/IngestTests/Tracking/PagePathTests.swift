import Analytics
import Ingest
import Testing

struct PagePathTests {
    @Test(arguments: [
        ("https://example.com", "/"), ("https://example.com/", "/"), ("https://example.com?a#b", "/"),
        ("/A/b/", "/A/b/"), ("/a%20b%C3%A9", "/a bé"), ("/%2541", "/%41"), ("/a+b", "/a+b"), ("/a%20%20", "/a"),
        ("/a  ?b", "/a"), ("/%ff%20", "/%ff%20"), ("/a%00", "/a%00"), ("/a%0A", "/a%0A"), ("/%C2%85", "/%C2%85"),
        ("/100%", "/100%"), ("/100%/%C3%A9%zz", "/100%/é%zz"), ("/%", "/%"), ("/%4", "/%4"), ("/a%3Fb%23c", "/a?b#c"),
        ("/%C3", "/%C3"), ("app://start", "/"), ("/é", "/é"), ("/%20", "/"),
    ])
    func isDecodedOnce(text: String, path: String) throws {
        #expect(try #require(PageURL(parsing: text)).path(of: SiteSettings()) == path)
    }

    @Test(arguments: [
        ("/?id=5&utm_source=x&q=a%20b&id=6", "/?id=5&q=a%20b&id=6"), ("/a?q", "/a?q"), ("/a?Q=1&&=2&qq=3", "/a"),
        ("/a?%71=1", "/a?%71=1"), ("/a?q=1#top", "/a?q=1"), ("/a?x y=%&q=%", "/a?x y=%&q=%"), ("/a", "/a"),
    ])
    func keepsTheParametersOfTheSite(text: String, path: String) throws {
        var settings = SiteSettings()
        settings.queryParameters = ["q", "id", "x y"]
        #expect(try #require(PageURL(parsing: text)).path(of: settings) == path)
    }

    @Test(arguments: [
        "utm_source", "utm_id", "utm_anything", "mtm_campaign", "pk_kwd", "gclid", "gbraid", "wbraid", "gad_source",
        "dclid", "msclkid", "ttclid", "twclid", "li_fat_id", "yclid", "fbclid",
    ])
    func keepsNoParametersOfAdvertisements(name: String) throws {
        var settings = SiteSettings()
        settings.queryParameters = [name, "ref", "source", "id"]
        let escaped = name.replacing("i", with: "%69")
        let url = try #require(PageURL(parsing: "/?\(name)=1&id=5&\(escaped)=2&ref=a&\(name)&source=b"))
        #expect(url.path(of: settings) == "/?id=5&ref=a&source=b")
    }

    @Test(arguments: [("/a#b%20c", "/a#b c"), ("/a?q#", "/a"), ("/#/b?c", "/#/b?c"), ("https://a.example#x", "/#x")])
    func keepsTheFragmentIfTheSiteWants(text: String, path: String) throws {
        var settings = SiteSettings()
        settings.keepsFragment = true
        #expect(try #require(PageURL(parsing: text)).path(of: settings) == path)
    }

    @Test func isCut() {
        let url = PageURL(host: nil, rawPath: "/" + String(repeating: "é", count: 2_000))
        #expect(url.path(of: SiteSettings()) == "/" + String(repeating: "é", count: 1_023))
    }
}
