package import FoundationEssentials

/// A website or app whose events are counted.
package struct Site: Sendable, Hashable {
    /// The site of `/analytics` without a name.
    package static let standard = SiteID(rawValue: 1)

    package let id: SiteID
    package let uuid: UUID
    package var name: SiteName
    /// The hosts that pages with a write key may belong to; empty for any.
    package var hostnames: [Hostname]
    /// The time zone of its dates (IANA).
    package var zone: String
    package var settings: SiteSettings
    /// The name of its organisation.
    package var organisation: String
    /// The acts that its visitors are wanted to do.
    package var goals: [Goal] = []
    /// The filters that were saved for all who may see it.
    package var segments: [Segment] = []
    /// The filters that accounts saved for themselves.
    package var ownSegments: [Segment] = []

    package init(
        id: SiteID,
        uuid: UUID,
        name: SiteName,
        hostnames: [Hostname] = [],
        zone: String = "UTC",
        settings: SiteSettings = SiteSettings(),
        organisation: String = "default"
    ) {
        self.id = id
        self.uuid = uuid
        self.name = name
        self.hostnames = hostnames
        self.zone = zone
        self.settings = settings
        self.organisation = organisation
    }

    /// The site as an account sees it, with the segments of that account beside those of everybody.
    ///
    /// - Parameter account: The account; nil for nobody.
    /// - Returns: The site.
    package func seen(by account: Account?) -> Site {
        guard let account, !ownSegments.isEmpty else { return self }
        var site = self
        site.segments += ownSegments.filter { $0.owner == account.id }
        return site
    }

    /// True if pages of a host may send hits with a write key.
    package func allows(host: String) -> Bool {
        hostnames.isEmpty || hostnames.contains { $0.covers(host) }
    }
}

package typealias SiteID = ID<Site>
