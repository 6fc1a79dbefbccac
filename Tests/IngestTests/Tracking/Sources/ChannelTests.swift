@testable import Ingest
import Support
import Testing

struct ChannelTests {
    /// Facts, of which the source is found by its name in a link.
    struct Case: CustomTestStringConvertible {
        var name: String?
        var medium: String?
        var campaign: String?
        var clicks: ClickIDs = []
        var hasReferrer = false
        let channel: Channel
        let fact: ChannelReason.Fact

        var testDescription: String {
            "\(name ?? "") \(medium ?? "") \(campaign ?? "") \(clicks.rawValue) \(hasReferrer): \(channel.rawValue)"
        }

        var facts: ChannelFacts {
            let known = name.flatMap { SourceTable.standard.source(named: $0) }
            var facts = ChannelFacts()
            (facts.source, facts.sourceName) = (known?.source, name)
            facts.isAdvertisement = known?.isAdvertisement ?? false
            (facts.medium, facts.campaign, facts.clicks, facts.hasReferrer) = (medium, campaign, clicks, hasReferrer)
            return facts
        }
    }

    @Test(arguments: [
        Case(name: "google", medium: "cpc", campaign: "A Cross-Network one", channel: .crossNetwork, fact: .campaign),
        Case(name: "amazon", medium: "cpc", channel: .paidShopping, fact: .medium),
        Case(name: "google", medium: "PPC", campaign: "eshop", channel: .paidShopping, fact: .medium),
        Case(name: "adwords", campaign: "shopping", channel: .paidShopping, fact: .source),
        Case(name: "google", medium: "cpc", channel: .paidSearch, fact: .medium),
        Case(name: "google", medium: "cpm", channel: .paidSearch, fact: .medium),
        Case(name: "google", clicks: .google, channel: .paidSearch, fact: .click),
        Case(name: "google", medium: "email", clicks: .google, channel: .paidSearch, fact: .click),
        Case(name: "bing", clicks: [.microsoft, .facebook], channel: .paidSearch, fact: .click),
        Case(name: "adwords", channel: .paidSearch, fact: .source),
        Case(name: "facebook", medium: "cpm", channel: .paidSocial, fact: .medium),
        Case(name: "ig", medium: "paid_social", channel: .paidSocial, fact: .medium),
        Case(name: "fb_ads", channel: .paidSocial, fact: .source),
        Case(name: "youtube", medium: "paid", channel: .paidVideo, fact: .medium),
        Case(medium: "cpm", channel: .display, fact: .medium), Case(medium: "Banner", channel: .display, fact: .medium),
        Case(name: "google", medium: "display", channel: .display, fact: .medium),
        Case(name: "facebook", medium: "interstitial", channel: .display, fact: .medium),
        Case(name: "foo", medium: "expandable", channel: .display, fact: .medium),
        Case(medium: "retargeting", channel: .paidOther, fact: .medium),
        Case(name: "gmail", medium: "cpc", channel: .paidOther, fact: .medium),
        Case(name: "etsy", channel: .organicShopping, fact: .kind),
        Case(name: "google", campaign: "summer-shop", channel: .organicShopping, fact: .campaign),
        Case(name: "facebook", clicks: .facebook, channel: .organicSocial, fact: .kind),
        Case(name: "facebook", medium: "organic", channel: .organicSocial, fact: .kind),
        Case(name: "foo", medium: "Social-Media", channel: .organicSocial, fact: .medium),
        Case(medium: "social network", channel: .organicSocial, fact: .medium),
        Case(medium: "sm", hasReferrer: true, channel: .organicSocial, fact: .medium),
        Case(name: "vimeo", medium: "referral", channel: .organicVideo, fact: .kind),
        Case(name: "foo", medium: "some_Video", channel: .organicVideo, fact: .medium),
        Case(name: "chatgpt.com", channel: .assistants, fact: .kind),
        Case(name: "claude.ai", medium: "cpc", channel: .paidOther, fact: .medium),
        Case(name: "bing", clicks: .google, channel: .organicSearch, fact: .kind),
        Case(name: "google", clicks: [.microsoft, .facebook], channel: .organicSearch, fact: .kind),
        Case(name: "google", medium: "email", channel: .organicSearch, fact: .kind),
        Case(name: "foo", medium: "organic", channel: .organicSearch, fact: .medium),
        Case(medium: "organic_search", channel: .unassigned, fact: .none),
        Case(name: "gmail", channel: .email, fact: .kind), Case(medium: "email", channel: .email, fact: .medium),
        Case(medium: "my E-Mail", channel: .email, fact: .medium),
        Case(name: "e_mails", channel: .email, fact: .source),
        Case(name: "Newsletter-5", channel: .email, fact: .source),
        Case(medium: "e mail", channel: .email, fact: .medium),
        Case(medium: "affiliate", channel: .affiliates, fact: .medium),
        Case(medium: "audio", channel: .audio, fact: .medium),
        Case(medium: "SMS", channel: .sms, fact: .medium), Case(name: "Sms", medium: "x", channel: .sms, fact: .source),
        Case(medium: "webpush", channel: .mobilePush, fact: .medium),
        Case(medium: "mobile app", channel: .mobilePush, fact: .medium),
        Case(medium: "notifications", channel: .mobilePush, fact: .medium),
        Case(name: "firebase", hasReferrer: true, channel: .mobilePush, fact: .source),
        Case(medium: "Referral", channel: .referral, fact: .medium),
        Case(medium: "app", channel: .referral, fact: .medium),
        Case(name: "foo", medium: "link", channel: .referral, fact: .medium),
        Case(hasReferrer: true, channel: .referral, fact: .referrer),
        Case(name: "foo", medium: "bar", hasReferrer: true, channel: .referral, fact: .referrer),
        Case(name: "mailing.example", hasReferrer: true, channel: .referral, fact: .referrer),
        Case(channel: .direct, fact: .none), Case(campaign: "workshop-2026", channel: .direct, fact: .none),
        Case(clicks: .google, channel: .direct, fact: .none), Case(name: "foo", channel: .unassigned, fact: .none),
        Case(name: "foo", medium: "bar", channel: .unassigned, fact: .none),
        Case(medium: "push it", channel: .unassigned, fact: .none),
    ])
    func isThatOfTheFirstRule(example: Case) {
        #expect(example.facts.channel == ChannelReason(example.channel, example.fact))
    }

    @Test func numbersTheRules() {
        #expect(Channel.allCases.map { ChannelReason($0, .none).rule } == Array(1...20))
        #expect(ChannelReason(.crossNetwork, .none).rule == 1)
        #expect(ChannelReason(.organicSearch, .none).rule == 12)
        #expect(ChannelReason(.mobilePush, .none).rule == 17)
    }

    /// A source that only a referrer names tells nothing by its letters.
    @Test func doesNotReadTheHostOfAReferrer() {
        var facts = ChannelFacts()
        facts.hasReferrer = true
        #expect(facts.channel == ChannelReason(.referral, .referrer))
    }

    @Test(arguments: 0..<5)
    func patternsAreThoseOfRegularExpressions(seed: UInt64) throws {
        let paid = try Regex("^(.*cp.*|ppc|retargeting|paid.*)$").ignoresCase()
        let shopping = try Regex("^(.*(([^a-df-z]|^)shop|shopping).*)$").ignoresCase()
        let parts = [
            "c", "p", "cp", "pp", "ppc", "paid", "pai", "retargeting", "re", "s", "shop", "sho", "shopping", "ping",
            "e",
            "work", "-", " ", "E", "SHOP", "P", "é", "1", "",
        ]
        var random = SeededGenerator(seed: seed)
        var matches = 0
        for _ in 0..<200 {
            let count = Int.random(in: 0...4, using: &random)
            let text = (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
            let isPaid = text.wholeMatch(of: paid) != nil
            let isShopping = text.wholeMatch(of: shopping) != nil
            #expect(text.lowercased().isPaidMedium == isPaid, "\(text)")
            #expect(text.lowercased().isShoppingCampaign == isShopping, "\(text)")
            matches += (isPaid ? 1 : 0) + (isShopping ? 1 : 0)
        }
        #expect(matches > 30)
    }

    /// Neither time nor stack grows beyond the length of the text.
    @Test func patternsTakeLongTexts() {
        let text = String(repeating: "cshop", count: 50_000)
        #expect(!text.isShoppingCampaign)
        #expect((text + "-shop").isShoppingCampaign)
        #expect(!String(repeating: "c p", count: 50_000).isPaidMedium)
    }
}
