import Testing

@testable import Web

struct LinkTests {
    private let links = Links(base: "/stats")

    @Test func segmentsAndParametersAreEncoded() {
        let link = links.path("s", "a/b c").with("q", "ä&=").with("none", nil).with("r", "1").element("x y")
        #expect(link.text == "/stats/s/a%2Fb%20c?q=%C3%A4%26%3D&r=1#x%20y")
    }

    @Test func theBaseIsThePathOfTheAddress() throws {
        #expect(Links(try #require(ServerAddress("https://a.test/x/y/"))).start.text == "/x/y/")
        #expect(Links(try #require(ServerAddress("https://a.test"))).start.text == "/")
    }

    @Test func aPathOfTheServerIsItsOwn() {
        #expect(links.own("/s/a?b=c")?.text == "/stats/s/a?b=c")
    }

    @Test(arguments: [
        "", "s", "//evil.test", "/\\evil.test", "https://evil.test", "/\t/evil.test", "/a\nb", "\\/evil.test",
    ])
    func nothingElseIs(text: String) {
        #expect(links.own(text) == nil)
    }
}
