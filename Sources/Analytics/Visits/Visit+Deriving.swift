extension Visit {
    /// Derives the visits of hits, which depend on nothing but these.
    ///
    /// The view `visit` in SQL has the same ones. A visit ends by the rule of `Course`, so the visits that start on a
    /// day follow from its hits, those of the day after, and those of 24½ hours before.
    ///
    /// `engagement` fills gaps like any hit, but a visit begins with another one; without one there is none.
    ///
    /// - Parameters:
    ///   - hits: Hits of one site, in the order of `VisitHit` and `VisitTexts`.
    ///   - dates: The midnights in the zone of the site.
    /// - Returns: The visits by visitor and start.
    package static func derive(from hits: [VisitHit], dates: DateBorders) -> [Visit] {
        var visits: [Visit] = []
        var open: Visit?
        var (visitor, course): (Visitor?, Course?)
        for (place, hit) in hits.enumerated() {
            if hit.visitor != visitor { course = nil }
            visitor = hit.visitor
            let time = hit.time.milliseconds
            if course?.reaches(time, isDated: hit.isDated, dates) != true, let visit = open {
                visits.append(visit)
                open = nil
            }
            course = Course(after: course, from: time, through: time)
            if open != nil {
                open?.add(hit, at: place)
            } else if hit.kind != .engagement {
                open = Visit(first: hit, at: place)
            }
        }
        if let open { visits.append(open) }
        return visits
    }
}
