import Ingest
import Support
import Testing

struct CampaignTests {
    @Test(arguments: ["utm_", "mtm_", "pk_"])
    func readsEveryText(prefix: String) {
        let query = ["source=s", "medium=m", "campaign=c", "content=o", "term=t"].map { prefix + $0 }
        let campaign = Campaign(query: "a=b&" + query.joined(separator: "&") + "&source=p&ref=r")
        #expect([campaign.source, campaign.medium, campaign.name] == ["s", "m", "c"])
        #expect([campaign.content, campaign.term] == ["o", "t"])
        #expect([campaign.plainSource, campaign.reference] == ["p", "r"])
        #expect(campaign.clicks == [])
    }

    @Test(arguments: [("mtm_kwd=a", "a"), ("mtm_keyword=a", "a"), ("pk_kwd=a", "a"), ("utm_term=b&pk_kwd=a", "b")])
    func readsMatomosTerm(query: String, term: String) {
        #expect(Campaign(query: query).term == term)
    }

    @Test(arguments: [
        ("utm_source=a+b", "a b"), ("utm_source=%41+%C3%A9", "A é"), ("utm_source=100%25", "100%"),
        ("utm_source=100%", "100%"), ("utm_source=%zz%4", "%zz%4"), ("utm_source=%ff", "%ff"),
        ("utm_source=+a++", "a"), ("utm_source=%20a%20", "a"), ("utm_source=CaSe", "CaSe"), ("utm_source=a=b", "a=b"),
        ("utm_source=a&utm_source=b", "a"), ("utm_source=&utm_source=b", "b"), ("utm_source=+&mtm_source=b", "b"),
        ("&&utm_source=a&&", "a"), ("utm_source=a?b", "a?b"),
    ])
    func decodesTexts(query: String, source: String) {
        #expect(Campaign(query: query).source == source)
    }

    @Test(arguments: [
        "", "&", "=", "utm_source", "utm_source=", "utm_source=+", "UTM_SOURCE=a", "utm_sources=a", "xutm_source=a",
        "utm_source%3Da", "utm_id=5", "utm_=a",
    ])
    func findsNone(query: String) {
        #expect(Campaign(query: query) == Campaign(query: ""))
    }

    @Test func cutsBetweenCharacters() {
        let text = String(repeating: "é", count: 200)
        #expect(Campaign(query: "utm_campaign=\(text)").name == String(repeating: "é", count: 127))
        #expect(Campaign(query: "utm_term=" + String(repeating: "a", count: 255)).term?.utf8.count == 255)
    }

    @Test(arguments: [
        ("gclid", ClickIDs.google), ("gbraid", .google), ("wbraid", .google), ("gad_source", .google),
        ("dclid", .google), ("msclkid", .microsoft), ("ttclid", .tiktok), ("twclid", .x), ("li_fat_id", .linkedin),
        ("yclid", .yandex), ("fbclid", .facebook),
    ])
    func findsClickIDs(name: String, clicks: ClickIDs) {
        #expect(Campaign(query: "a&\(name)=x&utm_source=b").clicks == clicks)
        #expect(Campaign(query: "\(name)=&\(name)").clicks == [])
        #expect(Campaign(query: "gclid=1&\(name)=2").clicks == [clicks, .google])
    }

    @Test(arguments: 0..<10)
    func survivesAnyText(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let campaign = Campaign(query: "utm_source=" + random.wildText(0...400) + "&ref=" + random.wildText(0...9))
            for case let text? in [campaign.source, campaign.reference] {
                #expect((1...255).contains(text.utf8.count))
            }
        }
    }
}
