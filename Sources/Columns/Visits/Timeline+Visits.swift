package import Analytics

/// A visit with the texts that it shows.
package struct VisitSummary: Sendable {
    package let visitor: Visitor
    package let start: Timestamp
    /// In milliseconds.
    package let duration: Int
    /// The first and the last page view; nil without any.
    package let entry: Page?
    package let exit: Page?
    package let pageviews: Int
    package let events: Int
    package let isBounce: Bool
    /// Those of the first hit.
    package let origin: Origin?
    package let place: Place?
    package let agent: Agent?

    package struct Page: Sendable {
        package let host: String?
        package let path: String?
    }
}

/// The visits that start in some time, in order of their starts.
package struct StartedVisits: Sendable {
    private struct Element {
        let start: Int
        let visitor: UInt64
        let visit: ChainedVisit
    }

    private let timeline: Timeline
    private var elements: [Element] = []

    /// - Parameters:
    ///   - range: The time, in milliseconds since 1970.
    ///   - timeline: The parts of its days, of two days before and of one after.
    package init(startingIn range: Range<Int>, _ timeline: Timeline) {
        self.timeline = timeline
        var merge = VisitorMerge(timeline.parts, 0...UInt64.max)
        var pieces: [VisitorMerge.Piece] = []
        var visits: [ChainedVisit] = []
        while let visitor = merge.next(&pieces) {
            timeline.derive(pieces, into: &visits)
            for visit in visits {
                let start = timeline.time(of: visit.first(timeline))
                if range.contains(start) { elements.append(Element(start: start, visitor: visitor, visit: visit)) }
            }
        }
        elements.sort { $0.start < $1.start }
    }

    package var count: Int { elements.count }

    /// The start of a visit, in milliseconds since 1970.
    package func start(at place: Int) -> Int { elements[place].start }

    package func summary(at place: Int) -> VisitSummary {
        let element = elements[place]
        let visit = element.visit
        let pages = visit.pages(timeline)
        let counts = visit.counts(timeline)
        return VisitSummary(
            visitor: Visitor(rawValue: element.visitor),
            start: Timestamp(milliseconds: element.start),
            duration: visit.duration(timeline, from: element.start),
            entry: pages.entry.map(page),
            exit: pages.exit.map(page),
            pageviews: counts.pageviews,
            events: counts.events,
            isBounce: visit.isBounce(timeline),
            origin: timeline.lexicon.origins[code(.origin, of: visit.head)],
            place: timeline.lexicon.places[code(.place, of: visit.head)],
            agent: timeline.lexicon.agents[code(.agent, of: visit.head)]
        )
    }

    private func page(_ place: HitPlace) -> VisitSummary.Page {
        VisitSummary.Page(
            host: timeline.lexicon.hosts[code(.host, place.part, place.hit)],
            path: timeline.lexicon.paths[code(.path, place.part, place.hit)]
        )
    }

    /// The code of a column that has a value for each run.
    private func code(_ column: Column, of run: RunPlace) -> Int { code(column, run.part, run.run) }

    private func code(_ column: Column, _ part: Int, _ row: Int) -> Int {
        Int(timeline.parts[part][column].code(at: row))
    }
}
