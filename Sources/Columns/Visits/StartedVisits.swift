package import Analytics

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
        return timeline.summary(of: element.visit, by: Visitor(rawValue: element.visitor))
    }
}
