import Analytics
import Ingest
import Testing

struct HitOfInputTests {
    private static let time = Timestamp(seconds: 1_767_607_200)

    private static let text = #"""
        {"name": "engagement", "url": "https://Shop.example/a%20b?utm_source=News+letter&utm_medium=email&id=5#top",
         "title": "A", "referrer": "https://www.google.com/search?q=x", "user": "ann", "visitor": "v", "id": "i",
         "props": {"a": 1}, "value": 1.5, "currency": "EUR", "screen": "1x2", "viewport": "3x4", "language": "de",
         "timezone": "Europe/Berlin", "scroll": 55, "engaged": 1200, "country": "DE", "region": "BW", "city": "Ulm",
         "browser": "Firefox", "browser_version": "1", "os": "Linux", "os_version": "6", "device": "desktop",
         "source": "News"}
        """#

    @Test func takesEverythingFromAServer() throws {
        var expected = Hit(time: Self.time, site: SiteID(rawValue: 7), name: "engagement", flags: [])
        (expected.host, expected.path, expected.title) = ("shop.example", "/a b?id=5", "A")
        var place = Place()
        (place.country, place.region, place.city, place.zone) = ("DE", "BW", "Ulm", "Europe/Berlin")
        var agent = Agent()
        (agent.browser, agent.browserVersion, agent.os, agent.osVersion) = ("Firefox", "1", "Linux", "6")
        (agent.device, agent.screen, agent.language) = ("desktop", "1x2", "de")
        var origin = Origin()
        (origin.source, origin.referrer) = ("News", "google.com/search")
        (origin.utmSource, origin.utmMedium) = ("News letter", "email")
        (expected.place, expected.agent, expected.origin) = (place, agent, origin)
        (expected.scroll, expected.engaged) = (55, 1_200)
        (expected.value, expected.currency, expected.props) = (Amount(millionths: 1_500_000), "EUR", #"{"a":1}"#)
        expected.id = try HitID(parsing: "i")
        #expect(try hit(Self.text, isServer: true) == expected)
    }

    @Test func takesNothingThatOnlyAServerMaySay() throws {
        let hit = try hit(Self.text, isServer: false)
        var place = Place()
        place.zone = "Europe/Berlin"
        #expect(hit.place == place)
        var agent = Agent()
        (agent.screen, agent.language) = ("1x2", "de")
        #expect(hit.agent == agent)
        #expect(hit.origin?.source == nil)
        #expect(hit.origin?.referrer == "google.com/search")
    }

    @Test func isBareWithoutFields() throws {
        #expect(try hit("{}", isServer: true) == Hit(time: Self.time, site: SiteID(rawValue: 7)))
    }

    @Test(arguments: [
        ("utm_source=a&utm_source=b", "a"), ("utm_source=&utm_source=b", "b"), ("utm_source=+a%20b+", "a b"),
        ("x=1&utm_source=%C3%A9%", "é%"), ("utm_source=%ff", "%ff"), ("utm_source=a%00", "a%00"), ("utm_source", nil),
        ("UTM_SOURCE=a", nil), ("utm_source=a=b", "a=b"), ("utm_source=%20", nil),
        ("utm_source=" + String(repeating: "é", count: 150), String(repeating: "é", count: 100)),
    ])
    func readsTheCampaign(query: String, source: String?) throws {
        let hit = try hit(#"{"url":"/?\#(query)"}"#, isServer: false)
        #expect(hit.origin?.utmSource == source)
        #expect((hit.origin == nil) == (source == nil))
    }

    @Test func readsEveryParameterOfACampaign() throws {
        let origin = try hit(
            #"{"url":"/?utm_term=t&utm_content=o&utm_campaign=c&utm_medium=m&utm_source=s"}"#,
            isServer: false
        ).origin
        var expected = Origin()
        (expected.utmSource, expected.utmMedium, expected.utmCampaign) = ("s", "m", "c")
        (expected.utmContent, expected.utmTerm) = ("o", "t")
        #expect(origin == expected)
    }

    private func hit(_ text: String, isServer: Bool) throws -> Hit {
        var site = try Site.sample(["shop.example"])
        site.settings.queryParameters = ["id"]
        return Hit(try HitInput(text), site: site, time: Self.time, isServer: isServer)
    }
}
