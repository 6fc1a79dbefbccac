import NIOCore

/// The parts of hits' JSON that are the same for all sites, written once for a run.
struct PageFragments: Sendable {
    let paths: [ByteBuffer]
    let titles: [ByteBuffer]
    /// The first is empty: no campaign.
    let campaigns: [ByteBuffer]
    /// The first is empty: no referrer.
    let referrers: [ByteBuffer]
    let countries: [ByteBuffer]
    /// Browser, operating system and device.
    let agents: [ByteBuffer]
    let userAgents: [ByteBuffer]
    let screens: [ByteBuffer]
    let languages: [ByteBuffer]
    let user: ByteBuffer
    let device: ByteBuffer
    /// The digits of the milliseconds since 1970 before the last eight, from those of the start of the range on.
    let timestamps: [ByteBuffer]

    /// - Parameters:
    ///   - start: The first second of the range, since 1970.
    ///   - last: The last second of the range, counted from its first.
    ///   - prefix: The prefix of users and devices, another one in each run.
    init(start: Int, last: Int, prefix: String) {
        paths = (0..<VisitSource.pages).map { ByteBuffer(string: Self.path($0)) }
        titles = (0..<VisitSource.pages).map { ByteBuffer(string: #"","title":"\#(Self.title($0))""#) }
        campaigns = [ByteBuffer()] + (0..<VisitSource.campaigns).map { ByteBuffer(string: Self.campaign($0)) }
        referrers =
            [ByteBuffer()]
            + (0..<VisitSource.referrers).map { ByteBuffer(string: #","referrer":"https://\#(Self.referrer($0))""#) }
        countries = PageTexts.countries.map { ByteBuffer(string: #","country":"\#($0)""#) }
        agents = PageTexts.agents.map { ByteBuffer(string: Self.agent($0)) }
        let run = "\(Self.number(of: prefix))"
        userAgents = PageTexts.agents.map { agent in
            let text = agent.text.split(separator: "#", omittingEmptySubsequences: false).joined(separator: run)
            return ByteBuffer(string: #","user_agent":"\#(text)""#)
        }
        screens = PageTexts.screens.map { ByteBuffer(string: #","screen":"\#($0)""#) }
        languages = PageTexts.languages.map { ByteBuffer(string: #","language":"\#($0)""#) }
        user = ByteBuffer(string: #","user":"\#(prefix)u"#)
        device = ByteBuffer(string: #","visitor":"\#(prefix)d"#)
        let first = start * 1_000 / 100_000_000
        timestamps = (first...(start + last) * 1_000 / 100_000_000).map { ByteBuffer(string: "\($0)") }
    }
}

extension PageFragments {
    /// The path of a page; some are encoded, some long.
    private static func path(_ page: Int) -> String {
        switch page % 50 {
        case _ where page == 0: "/"
        case 7: "/%C3%BCber-uns/\(page)"
        case 11: "/docs/" + String(repeating: "a-long-name/", count: 20) + "\(page)"
        case 0..<20: "/blog/post-\(page)"
        case 20..<40: "/shop/item-\(page)"
        default: "/docs/chapter-\(page)/"
        }
    }

    /// The title of a page as JSON.
    private static func title(_ page: Int) -> String {
        switch page % 50 {
        case 7: "Über uns – \(page)"
        case 13: #"The \"best\" post \\ \#(page)"#
        default: "Page \(page)"
        }
    }

    private static func campaign(_ campaign: Int) -> String {
        let source = PageTexts.campaignSources[campaign % PageTexts.campaignSources.count]
        let medium = PageTexts.campaignMedia[campaign % PageTexts.campaignMedia.count]
        return "?utm_source=\(source)&utm_medium=\(medium)&utm_campaign=campaign-\(campaign)"
    }

    private static func referrer(_ referrer: Int) -> String {
        referrer < PageTexts.knownReferrers.count
            ? PageTexts.knownReferrers[referrer] + "/" : "site-\(referrer).example.net/links/\(referrer)"
    }

    private static func agent(_ agent: PageTexts.Agent) -> String {
        let (browser, os) = (agent.browser.split(separator: " "), agent.os.split(separator: " "))
        return #","browser":"\#(browser[0])","browser_version":"\#(browser[1])","os":"\#(os[0])","#
            + #""os_version":"\#(os[1])","device":"\#(agent.device.rawValue)""#
    }

    /// Six digits that stand for a run in the texts of browsers.
    private static func number(of prefix: String) -> Int {
        var hash = SplitMix(seed: prefix.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
        return 100_000 + hash.draw(below: 900_000)
    }
}
