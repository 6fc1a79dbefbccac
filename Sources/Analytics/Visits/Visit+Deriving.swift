extension Visit {
    /// Derives the visits of hits, which depend on nothing but these.
    ///
    /// The view `visit` in SQL has the same ones. A visit ends before a hit in three cases:
    /// - more than 30 minutes lie between the hit and the one before;
    /// - midnight in the zone of the site lies between them, and the visitor is one of a date;
    /// - midnight UTC lies between them, and there was no gap of more than 30 minutes since the midnight before: the
    ///   hits have followed each other since then or longer. So a visit is shorter than 48 hours, and the visits that
    ///   start on a day follow from its hits, those of the day after, and those of 24½ hours before.
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
        var course: Course?
        for (place, hit) in hits.enumerated() {
            if course?.reaches(hit, dates) != true, let visit = open {
                visits.append(visit)
                open = nil
            }
            course = Course(course, hit)
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

/// Hits of a visitor that follow each other without a gap of more than 30 minutes.
private struct Course {
    /// The longest gap and the length of a day, in milliseconds.
    private static let (gap, day) = (1_800_000, 86_400_000)

    private let visitor: Visitor
    /// The time of the first hit since a gap, in milliseconds.
    private let start: Int
    private let last: Timestamp

    /// The course with one more hit, or another one if the hit is beyond a gap.
    init(_ course: Course?, _ hit: VisitHit) {
        visitor = hit.visitor
        last = hit.time
        start = if let course, course.continues(with: hit) { course.start } else { hit.time.milliseconds }
    }

    private func continues(with hit: VisitHit) -> Bool {
        hit.visitor == visitor && hit.time.milliseconds - last.milliseconds <= Self.gap
    }

    /// True if a hit is of the same visit as the one before.
    func reaches(_ hit: VisitHit, _ dates: DateBorders) -> Bool {
        guard continues(with: hit) else { return false }
        if hit.isDated, dates.separate(last, hit.time) { return false }
        let time = hit.time.milliseconds
        let midnight = time - (time % Self.day + Self.day) % Self.day
        return last.milliseconds >= midnight || start > midnight - Self.day
    }
}
