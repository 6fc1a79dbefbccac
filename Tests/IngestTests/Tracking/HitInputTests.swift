import Analytics
import Ingest
import Testing

struct HitInputTests {
    @Test func takesEveryField() throws {
        let hit = try HitInput(
            #"""
            {"site": "example.com", "key": "hgs_x", "name": "engagement", "url": "https://example.com/a", "title": "A",
             "referrer": "https://a.example/", "user": "ann", "visitor": "v-1", "age": 5, "id": "i-1",
             "props": {"a": "b"}, "value": 1.5, "currency": "eur", "screen": "1920x1080", "viewport": "1x1",
             "language": "en", "timezone": "UTC", "interactive": true, "scroll": 55, "engaged": 1200, "gpc": true,
             "ip": "192.0.2.1", "user_agent": "curl", "country": "de", "region": "BW", "city": "Ulm",
             "browser": "Firefox", "browser_version": "1", "os": "Linux", "os_version": "6", "device": "desktop",
             "source": "News", "other": {"name": "x"}}
            """#
        )
        var expected = HitInput()
        expected.site = try SiteName(parsing: "example.com".utf8Span.span)
        (expected.key, expected.name, expected.title) = ("hgs_x", "engagement", "A")
        expected.url = PageURL(scheme: "https", host: "example.com", rawPath: "/a")
        expected.referrer = "https://a.example/"
        expected.user = User(stored: "ann")
        (expected.visitor, expected.moment, expected.id) = ("v-1", .age(5), try HitID(parsing: "i-1"))
        (expected.props, expected.value, expected.currency) = (#"{"a":"b"}"#, Amount(millionths: 1_500_000), "EUR")
        (expected.screen, expected.viewport, expected.language, expected.timezone) = ("1920x1080", "1x1", "en", "UTC")
        (expected.isInteractive, expected.scroll, expected.engaged, expected.objects) = (false, 55, 1_200, true)
        (expected.ip, expected.userAgent) = ("192.0.2.1", "curl")
        (expected.given.country, expected.given.region, expected.given.city) = ("DE", "BW", "Ulm")
        (expected.given.browser, expected.given.browserVersion) = ("Firefox", "1")
        (expected.given.os, expected.given.osVersion, expected.given.device) = ("Linux", "6", "desktop")
        expected.given.source = "News"
        #expect(hit == expected)
    }

    @Test(arguments: [
        "{}", #"{"name":null,"url":null,"props":null}"#, #"{"other":1}"#,
        #"{"url":"","title":"","referrer":"","visitor":"","props":"","value":"","interactive":"","country":""}"#,
    ])
    func isAPageViewOfNowByDefault(text: String) throws {
        #expect(try HitInput(text) == HitInput())
        #expect(HitInput().isInteractive)
    }

    @Test func takesTheFirstOfARepeatedField() throws {
        let hit = try HitInput(#"{"name":null,"name":"a","name":"","title":"b","title":"c","age":1,"age":"x"}"#)
        #expect(hit.name == "a")
        #expect(hit.title == "b")
        #expect(hit.moment == .age(1))
        #expect(hit.trimmed.isEmpty)
    }

    @Test func takesNumbersAsTheirText() throws {
        let hit = try HitInput(#"{"user":17,"visitor":-1.5e3,"id":12,"title":404,"os_version":11}"#)
        #expect(hit.user == User(stored: "17"))
        #expect(hit.visitor == "-1.5e3")
        #expect(hit.id?.text == "12")
        #expect(hit.title == "404")
        #expect(hit.given.osVersion == "11")
    }

    @Test(arguments: [
        ("1767607200", 1_767_607_200_000), (#""1767607200""#, 1_767_607_200_000), ("1767607200123", 1_767_607_200_123),
        (#""2026-01-05T10:00:00.123Z""#, 1_767_607_200_123), (#""2026-01-05 11:00:00+01:00""#, 1_767_607_200_000),
    ])
    func takesTheTimeInEveryForm(value: String, milliseconds: Int) throws {
        #expect(try HitInput(#"{"timestamp":\#(value)}"#).moment == .at(Timestamp(milliseconds: milliseconds)))
    }

    @Test(arguments: [("0", 0), ("86400000", 86_400_000), (#""007""#, 7)])
    func takesTheAge(value: String, milliseconds: Int) throws {
        #expect(try HitInput(#"{"age":\#(value)}"#).moment == .age(milliseconds))
    }

    @Test(arguments: [
        ("pageview", "true", true), ("pageview", "false", false), ("x", #""false""#, false), ("x", "0", false),
        ("x", #""1""#, true), ("click", "null", true), ("impression", "true", false), ("engagement", "true", false),
    ])
    func isInteractiveUnlessItSaysSo(name: String, value: String, isInteractive: Bool) throws {
        let hit = try HitInput(#"{"name":"\#(name)","interactive":\#(value)}"#)
        #expect(hit.isInteractive == isInteractive)
        #expect(hit.trimmed.isEmpty)
    }

    @Test func takesANameOfTheGreatestLength() throws {
        let name = String(repeating: "é", count: 120)
        #expect(try HitInput(#"{"name":"\#(name)"}"#).name == name)
    }

    @Test func readsAQuery() throws {
        let query = "name=Sign+up&url=%2Fa%3Fb&props.plan=pro&props.seats=3&interactive=false&user=ann&props.plan=x&x=1"
        let hit = try HitInput(form: query.utf8Span.span)
        #expect(hit.name == "Sign up")
        #expect(hit.url == PageURL(host: nil, rawPath: "/a", rawQuery: "b"))
        #expect(hit.props == #"{"plan":"pro","seats":"3"}"#)
        #expect(!hit.isInteractive)
        #expect(hit.user == User(stored: "ann"))
        #expect(hit.trimmed.isEmpty)
        #expect(throws: Rejection(.user, .empty)) { try HitInput(form: "user=".utf8Span.span) }
    }

    @Test func knowsItsMemory() throws {
        let title = String(repeating: "t", count: 400)
        let hit = try HitInput(#"{"title":"\#(title)"}"#)
        #expect(hit.bytes - HitInput().bytes >= 400)
        #expect(HitInput().bytes >= MemoryLayout<HitInput>.size)
    }
}
