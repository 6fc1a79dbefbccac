import Agents
import Analytics
import HTTP
import Ingest
import Registry

/// The way from what a sender describes to a hit: who may send it, when it happened, and who is counted.
struct HitDoor: Sendable {
    let rules: AccessRules
    let registry: SiteRegistry
    let enricher: Enricher
    let limit: SenderLimit
    let sender: Sender
    /// The accepted times of the server.
    let times: ClosedRange<Timestamp>
    let now: Timestamp

    /// A hit was refused, or cannot be judged while the database is away.
    enum Refusal: Error {
        case rejection(Rejection, site: SiteID)
        case stale
    }

    /// Makes the hit.
    ///
    /// - Parameters:
    ///   - input: The description of the hit.
    ///   - page: The page that a browser names beside the hit, which counts if the hit has none and it is the site's.
    /// - Returns: The hit.
    /// - Throws: `Refusal`
    func hit(_ input: HitInput, from page: PageURL? = nil) throws(Refusal) -> Hit {
        let access = try access(input)
        var input = input
        if input.url == nil, let page, let host = page.host, access.site.allows(host: host) { input.url = page }
        do throws(Rejection) {
            try checkPage(input, access)
            let time = try time(input.moment, access)
            try take(input.weight, access)
            let enrichment = enrichment(input, access)
            if enrichment.attribution.referral == .spam { throw Rejection(.referrer, .spam) }
            var hit = Hit(
                input,
                site: access.site,
                time: time,
                isServer: access.isTrusted,
                enrichment: enrichment
            )
            VisitorRules(registry: rules.registry, sender: sender, now: now).identify(&hit, input, access)
            return hit
        } catch {
            throw .rejection(error, site: access.site.id)
        }
    }

    /// Finds out what a sender did not tell: of a server's hit from what it tells about the client, of another from the
    /// request.
    func enrichment(_ input: HitInput, _ access: Access) -> Enrichment {
        let client = access.isTrusted ? ClientFacts(told: input) : sender.client
        return enricher.enrichment(of: input, client, site: access.site, isServer: access.isTrusted)
    }

    /// Makes the identity that a request tells.
    ///
    /// - Throws: `Refusal`
    func identity(_ input: HitInput, traits: String?) throws(Refusal) -> Identity? {
        let access = try access(input)
        do throws(Rejection) {
            guard let user = input.user else { throw Rejection(.user, .missing) }
            try checkPage(input, access)
            let time = try time(input.moment, access)
            try take(1, access)
            return try VisitorRules(registry: rules.registry, sender: sender, now: now)
                .identity(of: user, traits: traits, at: time, input, access)
        } catch {
            throw .rejection(error, site: access.site.id)
        }
    }

    /// The permission of the hit's key, or else of the request's.
    ///
    /// - Throws: `Refusal`
    func access(_ input: HitInput) throws(Refusal) -> Access {
        do throws(AccessRules.Refusal) {
            let access = try rules.storing(input.site, key: input.key ?? sender.key)
            if let key = access.key { registry.noteUse(of: key, at: now) }
            return access
        } catch {
            switch error {
            case .rejection(let rejection):
                let site = input.site.flatMap(rules.registry.site(named:))?.id
                throw .rejection(rejection, site: site ?? RefusedHit.unknownSite)
            case .stale: throw .stale
            }
        }
    }

    /// Checks that the page of a hit, and the page that sends it, belong to the site.
    private func checkPage(_ input: HitInput, _ access: Access) throws(Rejection) {
        try access.check(origin: sender.origin)
        try checkAddress(input, access)
        guard !access.isTrusted, let host = input.url?.host else { return }
        guard access.site.allows(host: host) else { throw Rejection(.host, .foreignHost) }
    }

    /// Refuses the hits of addresses that the site excludes, as those of the people who make it.
    private func checkAddress(_ input: HitInput, _ access: Access) throws(Rejection) {
        let excluded = access.site.settings.excludedAddresses
        guard !excluded.isEmpty else { return }
        let address = access.isTrusted ? input.ip.flatMap { ClientAddress($0) } : sender.clientAddress
        guard let address else { return }
        let isExcluded = excluded.contains { AddressBlock($0)?.contains(address) ?? false }
        guard !isExcluded else { throw Rejection(.address, .excluded) }
    }

    private func time(_ moment: HitInput.Moment, _ access: Access) throws(Rejection) -> Timestamp {
        let field: Rejection.Field
        let time: Timestamp
        switch moment {
        case .receipt: return now
        case .at(let given): (field, time) = (.timestamp, given)
        case .age(let age): (field, time) = (.age, now.advanced(by: .milliseconds(-age)))
        }
        guard time >= times.lowerBound else { throw Rejection(field, .beforeEarliest) }
        guard time <= times.upperBound else { throw Rejection(field, .afterLatest) }
        guard access.times(within: times, now: now).contains(time) else { throw Rejection(field, .tooOld) }
        return time
    }

    /// Counts a hit for the rate of its sender and the daily cap of its site.
    private func take(_ weight: Int, _ access: Access) throws(Rejection) {
        guard limit.take(access, from: sender.address) else { throw Rejection(.key, .tooMany) }
        guard registry.take(weight, of: access.site, isTrusted: access.isTrusted, now: now) else {
            throw Rejection(.site, .dailyCap)
        }
    }
}

extension ClientFacts {
    /// The facts that a server tells about its client.
    fileprivate init(told input: HitInput) {
        self.init(
            address: input.ip.flatMap { ClientAddress($0)?.bytes },
            software: input.userAgent.map { AgentRequest(agent: $0) }
        )
    }
}

extension HitInput {
    /// The number that the hit counts for in the daily cap: one, and one for each KiB of properties.
    fileprivate var weight: Int { 1 + (props?.utf8.count ?? 0) / 1024 }
}
