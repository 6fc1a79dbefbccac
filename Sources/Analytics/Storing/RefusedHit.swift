/// A hit or an event that was refused for its contents, without any part of the sender's address.
package struct RefusedHit: Sendable {
    /// The site, or that of all unknown ones.
    package let site: SiteID
    package let time: Timestamp
    /// The field and the reason.
    package let reason: String
    /// The part of it that was understood, as a JSON object.
    package let hit: String

    /// The place of what names no known site.
    package static let unknownSite = SiteID(rawValue: 0)

    package init(site: SiteID, time: Timestamp, reason: String, hit: String = "{}") {
        self.site = site
        self.time = time
        self.reason = reason
        self.hit = hit
    }
}
