package import Analytics
import Crypto
import FoundationEssentials

/// The registry as of one version: sites, keys and secrets, with look-ups that do not wait.
package final class RegistrySnapshot: Sendable {
    /// A key that is not revoked.
    package struct Key: Sendable, Hashable {
        package let id: Int
        package let site: SiteID
        package let scope: KeyScope
    }

    /// A link to the reports of a site that is not revoked.
    package struct Share: Sendable, Hashable {
        package let id: Int
        package let site: SiteID
        /// The filters that every question is answered with, as a JSON array.
        package let filters: String
        /// The password that its pages ask for; nil for none.
        package let password: SharePassword?

        package var hasFilters: Bool { filters != "[]" }
    }

    /// The secret of a date that may no longer be used after `end`.
    private struct Salt {
        let secret: [UInt8]
        let end: Timestamp
    }

    package let version: Int
    private let sites: [SiteID: Site]
    private let names: [SiteName: SiteID]
    /// The first site of each rule for hosts.
    private let hosts: [String: SiteID]
    private let keys: [[UInt8]: Key]
    private let shares: [[UInt8]: Share]
    /// The origins whose pages may read about any site.
    private let readers: Set<ReaderOrigin>
    private let secrets: [SiteID: [UInt8]]
    private let salts: [Salt]
    private let zones: [String: [Int]]

    /// - Parameter document: The registry.
    /// - Throws: `RegistryFailure.malformed` for entries that this program does not understand.
    init(_ document: RegistryDocument) throws(RegistryFailure) {
        version = document.version
        var sites: [SiteID: Site] = [:]
        var names: [SiteName: SiteID] = [:]
        for former in document.formerNames { names[former.name] = former.site }
        for entry in document.sites {
            let site = try Site(entry)
            sites[site.id] = site
            names[site.name] = site.id
        }
        self.sites = sites
        self.names = names
        hosts = Dictionary(
            sites.values.flatMap { site in site.hostnames.map { ($0.text, site.id) } },
            uniquingKeysWith: { $0.rawValue < $1.rawValue ? $0 : $1 }
        )
        keys = Dictionary(
            document.keys.map { ($0.digest.bytes, Key(id: $0.id, site: $0.site, scope: $0.scope)) },
            uniquingKeysWith: { first, _ in first }
        )
        shares = try Self.shares(document)
        readers = Set(
            sites.values.flatMap { site in site.settings.origins.filter { $0 != .any || site.settings.isPublic } }
        )
        secrets = Dictionary(document.sites.map { ($0.id, $0.secret.bytes) }, uniquingKeysWith: { first, _ in first })
        zones = document.zones
        salts = try document.salts.map { salt throws(RegistryFailure) in
            guard let start = Timestamp(date: salt.date) else { throw .malformed }
            return Salt(secret: salt.secret.bytes, end: start.advanced(by: Self.lifeOfSalt))
        }
    }

    /// The links by their digests.
    ///
    /// - Throws: `RegistryFailure.malformed` for one without the password that it is listed with.
    private static func shares(_ document: RegistryDocument) throws(RegistryFailure) -> [[UInt8]: Share] {
        let guarded = document.guardedShares ?? []
        guard guarded.allSatisfy({ $0.password != nil }) else { throw .malformed }
        return Dictionary(
            (guarded + (document.shares ?? [])).map { share in
                let password = share.password.map { SharePassword(hash: $0) }
                return (
                    share.digest.bytes,
                    Share(id: share.id, site: share.site, filters: share.filters, password: password)
                )
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The time from the beginning of a date, UTC, after which its salt is gone: the date ends at noon of the next one
    /// in the zone that is last, and the salt a day after that.
    private static let lifeOfSalt: Duration = .seconds(60 * 3_600)

    package var allSites: [Site] { sites.values.sorted { $0.id.rawValue < $1.id.rawValue } }

    /// The site of a name that it has or had.
    package func site(named name: SiteName) -> Site? { names[name].flatMap { sites[$0] } }

    /// The site of the most exact rule that covers a host in lower case, the oldest one of several; nil without a rule.
    package func site(ofHost host: String) -> Site? {
        for rule in Hostname.rules(covering: host) {
            if let site = hosts[rule].flatMap({ sites[$0] }) { return site }
        }
        return nil
    }

    package subscript(id: SiteID) -> Site? { sites[id] }

    /// The key of a text; nil if it is unknown or revoked.
    package func key(_ text: KeyText) -> Key? { keys[text.digest] }

    /// The share link of a text; nil if it is unknown or revoked.
    package func share(_ text: ShareText) -> Share? { shares[text.digest] }

    /// True if pages of an origin may read about some site.
    package func hasReaders(at origin: String) -> Bool {
        readers.contains(.any) || ReaderOrigin(origin).map(readers.contains) ?? false
    }

    /// The secret from which a site's visitors with a name or an id are computed.
    package func secret(of site: SiteID) -> [UInt8]? { secrets[site] }

    /// The salt of the date that a time has in the zone of a site.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - time: The time of a hit.
    ///   - now: The current time.
    /// - Returns: The salt; nil if it is gone, or not made yet.
    package func salt(of site: Site, at time: Timestamp, now: Timestamp) -> [UInt8]? {
        guard let starts = zones[site.zone] else { return nil }
        let seconds = time.milliseconds.quotientRoundedDown(by: 1000)
        guard let next = starts.firstIndex(where: { $0 > seconds }), next > 0, salts.indices.contains(next - 1) else {
            return nil
        }
        let salt = salts[next - 1]
        return salt.end > now ? salt.secret : nil
    }
}

extension KeyText {
    /// The SHA-256 of the text, by which the database knows the key.
    package var digest: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

extension ShareText {
    /// The SHA-256 of the text, by which the database knows the link.
    package var digest: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

extension Site {
    fileprivate init(_ entry: RegistryDocument.Entry) throws(RegistryFailure) {
        guard let uuid = UUID(uuidString: entry.uuid) else { throw .malformed }
        self.init(
            id: entry.id,
            uuid: uuid,
            name: entry.name,
            hostnames: entry.hostnames,
            zone: entry.zone,
            settings: entry.settings,
            organisation: entry.organisation
        )
        goals = try (entry.goals ?? []).map { goal throws(RegistryFailure) in try Goal(goal) }
        segments = (entry.segments ?? []).map(Segment.init)
        ownSegments = (entry.ownSegments ?? []).map(Segment.init)
    }
}

extension Segment {
    fileprivate init(_ entry: RegistryDocument.SegmentEntry) {
        self.init(id: entry.id, name: entry.name, filters: entry.filters, owner: entry.owner)
    }
}

extension Goal {
    fileprivate init(_ entry: RegistryDocument.GoalEntry) throws(RegistryFailure) {
        let kind: Kind
        switch (entry.kind, entry.depth) {
        case ("event", _): kind = .event(entry.pattern)
        case ("page", _): kind = .page(entry.pattern)
        case ("scroll", let depth?): kind = .scroll(entry.pattern, depth: depth)
        default: throw .malformed
        }
        self.init(
            id: entry.id,
            kind,
            display: entry.display,
            properties: entry.properties,
            currency: entry.currency
        )
    }
}

extension Timestamp {
    /// The beginning of a date in UTC; nil for a text that is not like `2026-11-26`.
    fileprivate init?(date: String) {
        guard let start = try? Timestamp(rfc3339: "\(date)T00:00:00Z".utf8Span.span) else { return nil }
        self = start
    }
}

extension Int {
    fileprivate func quotientRoundedDown(by divisor: Int) -> Int {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? quotient - 1 : quotient
    }
}
