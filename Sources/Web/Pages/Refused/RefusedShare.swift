/// The hits of a dashboard's time that were refused, where they are more than one in a hundred.
package struct RefusedShare: Sendable {
    private let refused: Int
    /// The refused ones and those that count.
    private let all: Int
    private let span: RefusedSpan

    /// Returns nil where hardly any hit was refused.
    ///
    /// - Parameters:
    ///   - refused: The refused hits.
    ///   - counted: The hits of people that count: events and impressions.
    ///   - span: The time of the page that tells the reasons.
    package init?(refused: Int, counted: Int, span: RefusedSpan) {
        let (all, isTooMany) = refused.addingReportingOverflow(counted)
        guard !isTooMany, refused > 0, counted >= 0, Double(refused) / Double(all) > 0.01 else { return nil }
        self.refused = refused
        self.all = all
        self.span = span
    }

    /// The line with the way to the reasons.
    func html(_ address: DashboardAddress, _ links: Links) -> HTML {
        let share = Double(refused) / Double(all) * 100
        let link = RefusedAddress(address.site, span).link(links)
        return """
            <p class="refused">\(Icon.warning)<span>\(share.text(decimals: 1)) % of the hits of this time were refused \
            (\(Figure(refused))): <a href="\(link)">see why</a></span></p>

            """
    }
}
