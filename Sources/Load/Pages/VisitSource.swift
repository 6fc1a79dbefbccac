/// Draws visits: who comes, which pages are viewed, and what is done on them.
///
/// The number of pages follows a geometric distribution with a mean of about three. Visitors return by Zipf's law: many of
/// the visits of a busy visitor are one for the server, because less than 30 minutes lie between them.
struct VisitSource: Sendable {
    static let pages = 5_000
    static let referrers = 400
    static let campaigns = 20
    static let devicesOfUser = 3
    /// The time without a hit after which a visit is over, in milliseconds.
    static let gap: UInt32 = 30 * 60_000
    /// The longest visit, in milliseconds; a range has an hour at least.
    static let longest: UInt32 = 59 * 60_000

    private let users: Zipf
    private let pages = Zipf(count: pages, skew: 1)
    private let referrers = Zipf(count: referrers, skew: 1)
    private let campaigns = Zipf(count: campaigns, skew: 1)
    private let countries = Zipf(count: PageTexts.countries.count, skew: 1)
    private let languages = Zipf(count: PageTexts.languages.count, skew: 1)
    private let screens = Zipf(count: PageTexts.screensOfDevice, skew: 1)
    private let agents = PageTexts.agents.indices.flatMap { index in
        Array(repeating: UInt8(index), count: PageTexts.agents[index].weight)
    }

    init(_ options: LoadOptions) {
        users = Zipf(count: options.users, skew: options.skew)
    }

    /// Appends the hits of a visit, in order of time; the first one is at 0 milliseconds.
    func draw(into hits: inout [PageHit], _ random: inout SplitMix) {
        var hit = arrival(&random)
        while true {
            hits.append(hit)
            (hit.referrer, hit.campaign) = (0, 0)
            let (stay, isAway) = stay(&random)
            guard hit.time + stay <= Self.longest else { return }
            if !isAway { act(hit, during: stay, into: &hits, &random) }
            guard random.chance(2 / 3) else { return }
            hit.time += stay
            hit.previous = hit.page
            hit.page = UInt16(pages.draw(&random))
            if hit.naming == .device, isNamed(hit.user), random.chance(0.2) { hit.naming = .userAndDevice }
        }
    }

    /// The first page view of a visit: half of those of named users begin without the name.
    private func arrival(_ random: inout SplitMix) -> PageHit {
        let user = users.draw(&random)
        let device = isNamed(user) ? UInt8(random.draw(below: Self.devicesOfUser)) : 0
        let naming: PageHit.Naming =
            if isNamed(user) { random.chance(0.5) ? .userAndDevice : .device } else {
                share(of: user) < 75 ? .device : .address
            }
        let page = UInt16(pages.draw(&random))
        let profile = profile(user, device)
        var hit = PageHit(
            time: 0,
            user: user,
            naming: naming,
            device: device,
            profile: profile,
            page: page,
            previous: page
        )
        if random.chance(0.55) { hit.referrer = UInt16(referrers.draw(&random)) + 1 }
        if random.chance(0.15) { hit.campaign = UInt8(campaigns.draw(&random)) + 1 }
        return hit
    }
}

extension VisitSource {
    /// Draws the hits of a page besides its view.
    private func act(_ view: PageHit, during stay: UInt32, into hits: inout [PageHit], _ random: inout SplitMix) {
        func add(_ kind: PageHit.Kind, after time: UInt32) {
            var hit = view
            (hit.kind, hit.time) = (kind, view.time + time)
            hit.detail = UInt32(random.next() >> 32)
            if kind == .purchase, hit.naming == .userAndDevice, hit.detail & 1 == 0 { hit.naming = .user }
            hits.append(hit)
        }
        if random.chance(0.1) { add(.impression, after: stay / 8) }
        if random.chance(0.08) { add(.click, after: stay / 4) }
        if random.chance(0.03) { add(.progress, after: stay / 3) }
        if random.chance(0.3) { add(.engagement, after: stay / 2) }
        if random.chance(0.02) { add(.signup, after: stay / 2) }
        if random.chance(0.02) { add(.purchase, after: stay / 2 + stay / 8) }
        if random.chance(0.03) { add(.outboundLink, after: stay / 2 + stay / 4) }
        if random.chance(0.4) { add(.engagement, after: stay) }
    }

    /// The time on a page in milliseconds, and whether nothing is done meanwhile.
    ///
    /// Mostly one second to four minutes; some away for about as long as a visit lasts without a hit, and at times exactly
    /// as long.
    private func stay(_ random: inout SplitMix) -> (UInt32, isAway: Bool) {
        switch random.draw(below: 1_000) {
        case 0..<3: (Self.gap, true)
        case 3..<6: (Self.gap + 1, true)
        case 6..<16: (UInt32(1_500_000 + random.draw(below: 1_200_000)), true)
        default: (UInt32(1_000 + random.draw(below: 1_000)) << UInt32(random.draw(below: 8)), false)
        }
    }

    private func profile(_ user: UInt32, _ device: UInt8) -> PageHit.Profile {
        var random = SplitMix(seed: UInt64(user) << 8 | UInt64(device))
        let country = UInt8(countries.draw(&random))
        // Neighbours have the same address, but never the same agent.
        let agent = agents[random.draw(below: agents.count)] & ~1 | UInt8(user & 1)
        let screen = PageTexts.screens(of: PageTexts.agents[Int(agent)].device) + Int(screens.draw(&random))
        return PageHit.Profile(
            country: country,
            agent: agent,
            screen: UInt8(screen),
            language: UInt8(languages.draw(&random))
        )
    }

    /// 15 of 100 visitors are named users, 60 are devices, 25 are known by their address alone.
    private func share(of user: UInt32) -> Int {
        var random = SplitMix(seed: UInt64(user) << 8 | 0xFF)
        return random.draw(below: 100)
    }

    private func isNamed(_ user: UInt32) -> Bool {
        share(of: user) < 15
    }
}
