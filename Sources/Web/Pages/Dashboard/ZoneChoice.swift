/// The time zones of which a dashboard may have the dates.
package struct ZoneChoice: Sendable {
    /// The zone of the site.
    let site: String
    /// All zones (IANA).
    let all: [String]

    /// - Parameters:
    ///   - site: The zone of the site.
    ///   - all: All zones (IANA).
    package init(site: String, all: [String]) {
        self.site = site
        self.all = all
    }
}
