import Analytics
import Ingest
import Testing

struct AttributionTests {
    /// A referrer, the query of the page, and what follows of both.
    struct Case: CustomTestStringConvertible {
        let referrer: String?
        var query = ""
        let source: String?
        let channel: Channel

        init(_ referrer: String?, query: String = "", _ source: String?, _ channel: Channel) {
            (self.referrer, self.query, self.source, self.channel) = (referrer, query, source, channel)
        }

        var testDescription: String { "\(referrer ?? "") ?\(query)" }
    }

    @Test(arguments: [
        Case("https://www.google.com.br/", "Google", .organicSearch),
        Case("https://docs.google.com/d/1", "docs.google.com", .referral),
        Case("https://news.google.com/", "news.google.com", .referral),
        Case("https://finance.yahoo.com/", "finance.yahoo.com", .referral),
        Case("https://mail.google.com/", "Gmail", .email),
        Case("android-app://com.google.android.gm/", "Gmail", .email),
        Case("https://l.facebook.com/l.php?u=x", "Facebook", .organicSocial),
        Case("https://out.reddit.com/t3", "Reddit", .organicSocial), Case("https://t.co/abc", "X", .organicSocial),
        Case("https://gemini.google.com/app", "Gemini", .assistants),
        Case("https://r.search.yahoo.com/", "Yahoo!", .organicSearch),
        Case("https://yandex.com.tr/", "Yandex", .organicSearch),
        Case("https://m.youtube.com/", "YouTube", .organicVideo),
        Case("https://www.amazon.co.jp/", "Amazon", .organicShopping),
        Case("https://google.com.evil.example/", "google.com.evil.example", .referral),
        Case("https://notgoogle.com/", "notgoogle.com", .referral),
        Case("https://WWW.Example.COM.:443/a", "example.com", .referral),
        Case("http://user:pw@blog.example.org:8080/p", "blog.example.org", .referral),
        Case("https://[2001:db8::1]:8443/", "2001:db8::1", .referral),
        Case("https://email.example/", "email.example", .referral),
        Case("android-app://com.example.reader/", "com.example.reader", .referral),
        Case("javascript:alert(1)", nil, .direct), Case("about:blank", nil, .direct), Case(nil, nil, .direct),
        Case("https://www.google.com/", query: "gclid=x", "Google", .paidSearch),
        Case(nil, query: "gclid=x", nil, .direct),
        Case("https://www.facebook.com/", query: "utm_medium=cpm", "Facebook", .paidSocial),
        Case(nil, query: "utm_medium=cpm", nil, .display), Case(nil, query: "utm_medium=email", nil, .email),
        Case(nil, query: "utm_campaign=workshop-2026", nil, .direct),
        Case(nil, query: "utm_source=foo&utm_medium=bar", "foo", .unassigned),
        Case("https://www.google.com/", query: "utm_source=fb&source=b&ref=c", "Facebook", .organicSocial),
        Case("https://www.google.com/", query: "ref=c&source=b", "b", .referral),
        Case("https://www.google.com/", query: "ref=producthunt", "Product Hunt", .organicSocial),
        Case(nil, query: "utm_source=chatgpt.com", "ChatGPT", .assistants),
        Case(nil, query: "utm_source=Fall+Newsletter", "Fall Newsletter", .email),
        Case(nil, query: "utm_source=adwords", "Google", .paidSearch),
    ])
    func followsFromBoth(example: Case) throws {
        let attribution = try attribution(example.query, example.referrer)
        #expect(attribution.origin?.source == example.source)
        #expect(attribution.channel.channel == example.channel)
        if let origin = attribution.origin { #expect(origin.channel == example.channel.rawValue) }
    }

    @Test(arguments: [
        ("", "", Attribution.Basis.none), ("https://a.example/", "utm_medium=email", .referrer),
        ("https://a.example/", "ref=r", .reference), ("https://a.example/", "ref=r&source=s", .source),
        ("https://a.example/", "ref=r&source=s&utm_source=u", .utmSource), ("", "utm_campaign=c", .none),
    ])
    func saysWhereTheSourceIsFrom(referrer: String, query: String, basis: Attribution.Basis) throws {
        #expect(try attribution(query, referrer).sourceFrom == basis)
        let given = Attribution(url: PageURL(parsing: "/?" + query), referrer: referrer, given: "g", of: try .sample())
        #expect(given.sourceFrom == .given)
        #expect(given.origin?.source == "g")
    }

    @Test(arguments: [("google", "google", Channel.organicSearch), ("News", "News", .unassigned)])
    func keepsAGivenSource(given: String, source: String, channel: Channel) throws {
        let attribution = Attribution(url: nil, referrer: nil, given: given, of: try .sample())
        #expect(attribution.origin?.source == source)
        #expect(attribution.channel.channel == channel)
    }

    @Test(arguments: [
        ("https://shop.example/a", Referral.internal), ("https://www.shop.example/", .internal),
        ("https://page.example/", .internal), ("https://WWW.page.example.:8080/", .internal),
        ("http://localhost:3000/", .local), ("http://192.168.1.1/", .local), ("https://spam.example/", .spam),
        ("https://a.spam.example/b/c", .spam), ("about:blank", .none), ("", .none),
    ])
    func hasNoSourceInOtherReferrers(referrer: String, referral: Referral) throws {
        let spam = try SpamHosts(parsing: "spam.example")
        let page = PageURL(parsing: "https://page.example/")
        let attribution = Attribution(url: page, referrer: referrer, of: try .sample(["shop.example"]), spam: spam)
        #expect(attribution.origin == nil)
        #expect(attribution.referral == referral)
        #expect(attribution.channel == ChannelReason(.direct, .none))
        let tagged = Attribution(
            url: PageURL(parsing: "https://page.example/?utm_source=foo"),
            referrer: referrer,
            of: try .sample(["shop.example"]),
            spam: spam
        )
        #expect(tagged.origin?.referrer == nil)
        #expect(tagged.origin?.source == "foo")
        #expect(tagged.channel.channel == .unassigned)
    }

    @Test func storesEveryText() throws {
        let query = "utm_term=t&utm_content=o&utm_campaign=c&utm_medium=m&mtm_source=IG&gclid=5"
        let attribution = try attribution(query, "https://a.example/b?c")
        var origin = Origin()
        (origin.source, origin.channel, origin.referrer) = ("Instagram", "Organic Social", "a.example/b")
        (origin.utmSource, origin.utmMedium, origin.utmCampaign) = ("IG", "m", "c")
        (origin.utmContent, origin.utmTerm) = ("o", "t")
        #expect(attribution.origin == origin)
        #expect(attribution.clicks == .google)
        #expect(attribution.channel == ChannelReason(.organicSocial, .kind))
        let plain = try self.attribution("ref=IG", nil).origin
        #expect(plain?.source == "Instagram")
        #expect(plain?.utmSource == nil)
    }

    private func attribution(_ query: String, _ referrer: String?) throws -> Attribution {
        Attribution(url: PageURL(parsing: "https://page.example/?" + query), referrer: referrer, of: try .sample())
    }
}
