package import Analytics

/// The state of the page of refused hits, all of which is in its address.
package struct RefusedAddress: Sendable {
    package let site: SiteName
    package var span = RefusedSpan.standard
    /// The reason whose hits are shown; nil for all.
    package var reason: String?

    package init(_ site: SiteName, _ span: RefusedSpan = .standard, reason: String? = nil) {
        self.site = site
        self.span = span
        self.reason = reason
    }

    func showing(_ span: RefusedSpan) -> RefusedAddress { RefusedAddress(site, span, reason: reason) }
    func showing(reason: String?) -> RefusedAddress { RefusedAddress(site, span, reason: reason) }

    /// The address.
    package func link(_ links: Links) -> Link { asking(links.site(site, .refused)) }

    /// The address of a file with the rows of the page.
    package func file(_ file: RefusedFile, _ format: DashboardFormat, _ links: Links) -> Link {
        asking(links.site(site, "\(file.name).\(format.rawValue)"))
    }

    private func asking(_ link: Link) -> Link {
        link.with("days", span == .standard ? nil : "\(span.rawValue)").with("reason", reason)
    }
}
