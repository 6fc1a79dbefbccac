package import Analytics

/// A site in the list of all sites.
package struct SiteRow: Sendable {
    package let name: SiteName
    package let organisation: String
    package let zone: String
    package let hostnames: [String]
    /// The role of the reader, or `operator`.
    package let role: String
    /// The hits of today in the zone of the site; nil if they are not known.
    package let hits: Int?

    /// - Parameters:
    ///   - name: The name of the site.
    ///   - organisation: The name of its organisation.
    ///   - zone: Its time zone (IANA).
    ///   - hostnames: Its rules for hosts.
    ///   - role: The role of the reader.
    ///   - hits: The hits of today.
    package init(
        name: SiteName,
        organisation: String,
        zone: String,
        hostnames: [String],
        role: String,
        hits: Int? = nil
    ) {
        self.name = name
        self.organisation = organisation
        self.zone = zone
        self.hostnames = hostnames
        self.role = role
        self.hits = hits
    }
}
