package import Analytics

/// The hits of a timeline that a question counts: those of its period that pass its filters.
package struct HitSelection: Sendable {
    let query: Query
    let timeline: Timeline
    let tables: QueryTables
    /// The first moment of the period, and the first after it, in milliseconds since 1970.
    let range: Range<Int>
    /// All filters; nil without any.
    private let condition: Condition?
    /// True if nothing but what a visit has of its first hit decides.
    let isOfVisits: Bool
    /// True if reports of scrolling count for visitors, since a filter asks for a goal of scrolling.
    let countsEngagement: Bool

    /// - Parameters:
    ///   - query: The question, with its site, period, filters, goals and dimensions.
    ///   - timeline: The parts of the days of the period, of two days before and of one after.
    ///   - tables: What its dimensions and goals are in the parts.
    ///   - masks: The masks of the tests that need the database.
    package init(_ query: Query, _ timeline: Timeline, _ tables: QueryTables, masks: [Filter.Test: Mask] = [:]) {
        (self.query, self.timeline, self.tables) = (query, timeline, tables)
        range = query.period.start.milliseconds..<query.period.end.milliseconds
        condition =
            query.filters.isEmpty
            ? nil : .all(query.filters.map { Condition($0, tables, tables.goals(of: query), masks) })
        isOfVisits = condition?.isOfVisits ?? true
        countsEngagement = query.goalsOfFilters?.contains(where: \.isOfScrolling) ?? false
    }

    private init(_ other: HitSelection, _ timeline: Timeline) {
        (query, tables, range, condition) = (other.query, other.tables, other.range, other.condition)
        (isOfVisits, countsEngagement) = (other.isOfVisits, other.countsEngagement)
        self.timeline = timeline
    }

    /// The same hits in parts of which each run is a visit, or a piece of one that is a run of another part.
    var ofWholeVisits: HitSelection {
        // The tables are those of all of these parts.
        HitSelection(self, Timeline(timeline.scanned, timeline.lexicon, dates: timeline.dates, borders: []))
    }

    /// True if a hit of the period passes the filters.
    ///
    /// - Parameters:
    ///   - place: The hit.
    ///   - visit: Its visit, with its pages as soon as a filter needs them; nil for a hit that belongs to none.
    /// - Returns: True without filters.
    func passes(_ place: HitPlace, _ visit: inout VisitInScan?) -> Bool {
        guard let condition else { return true }
        return condition.passes(place, visit?.scanned(timeline), timeline, query.period)
    }

    /// Counts the hits without a visitor that are marked.
    func loose(_ marks: HitMarks) -> Int {
        var count = 0
        for (number, part) in timeline.parts.enumerated() {
            for hit in part.loose where marks.parts[number][hit] != 0 && part.hits.kind(of: hit) != .engagement {
                var none: VisitInScan?
                let isWithin = range.contains(part.time(of: hit))
                if isWithin, passes(HitPlace(part: number, hit: hit), &none) { count += 1 }
            }
        }
        return count
    }
}

/// A visit, whose pages are looked for when they are needed.
struct VisitInScan {
    let visit: ChainedVisit
    private var found: ScannedVisit?

    init(_ visit: ChainedVisit) { self.visit = visit }

    mutating func scanned(_ timeline: Timeline) -> ScannedVisit {
        if let found { return found }
        let scanned = ScannedVisit(visit, timeline)
        found = scanned
        return scanned
    }
}
