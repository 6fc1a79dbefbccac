/// The visits that hits of a site make, and these hits in their order.
package struct SiteVisits: Sendable {
    /// The hits that count for visits, by visitor and time; a visit names them by their places.
    package let hits: [Hit]
    /// The visits by visitor and start.
    package let visits: [Visit]

    /// Derives the visits.
    ///
    /// - Parameters:
    ///   - hits: Hits of one site in any order. Those of machines and without a visitor are left out.
    ///   - aliases: The users whom visitors of the site are known to be.
    ///   - dates: The midnights in the zone of the site.
    package init(of hits: [Hit], aliases: [Visitor: Visitor], dates: DateBorders) {
        let counted = hits.indices.compactMap { place in
            VisitHit(hits[place], aliases: aliases).map { (hit: $0, place: place) }
        }
        let ordered = counted.sorted { one, other in
            if one.hit != other.hit { return one.hit < other.hit }
            // Texts are compared only where nothing else decides.
            return VisitTexts(hits[one.place]) < VisitTexts(hits[other.place])
        }
        self.hits = ordered.map { hits[$0.place] }
        visits = Visit.derive(from: ordered.map(\.hit), dates: dates)
    }
}
