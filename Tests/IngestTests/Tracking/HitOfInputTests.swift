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
        (origin.source, origin.channel, origin.referrer) = ("News", "Email", "google.com/search")
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
        #expect(hit.origin?.source == "News letter")
        #expect(hit.origin?.channel == "Email")
        #expect(hit.origin?.referrer == "google.com/search")
    }

    @Test func isBareWithoutFields() throws {
        #expect(try hit("{}", isServer: true) == Hit(time: Self.time, site: SiteID(rawValue: 7)))
    }

    @Test(arguments: ["", "?gclid=x&fbclid=y", "?id=5", "?utm_source="])
    func hasNoOriginForAVisitorWhoCameDirectly(query: String) throws {
        #expect(try hit(#"{"url":"https://shop.example/\#(query)"}"#, isServer: false).origin == nil)
    }

    @Test func hasNoOriginForThePageBefore() throws {
        let text = #"{"url":"https://shop.example/a","referrer":"https://www.shop.example/"}"#
        #expect(try hit(text, isServer: false).origin == nil)
    }

    @Test func storesSourceAndChannel() throws {
        let hit = try hit(
            #"{"url":"https://shop.example/?gclid=x&id=5","referrer":"https://www.google.de/"}"#,
            isServer: false
        )
        var origin = Origin()
        (origin.source, origin.channel, origin.referrer) = ("Google", "Paid Search", "google.de")
        #expect(hit.origin == origin)
        #expect(hit.path == "/?id=5")
    }

    private func hit(_ text: String, isServer: Bool) throws -> Hit {
        var site = try Site.sample(["shop.example"])
        site.settings.queryParameters = ["id"]
        return Hit(try HitInput(text), site: site, time: Self.time, isServer: isServer)
    }
}
