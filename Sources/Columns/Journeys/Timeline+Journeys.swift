import Analytics

extension Timeline {
    /// Hands over the visits of each visitor of whom hits are marked, by their starts.
    func forEachVisitor(in visitors: ClosedRange<UInt64>, _ marks: HitMarks, _ body: ([ChainedVisit]) -> Void) {
        var merge = VisitorMerge(parts, visitors)
        var pieces: [VisitorMerge.Piece] = []
        var visits: [ChainedVisit] = []
        while merge.next(&pieces) != nil {
            guard pieces.contains(where: { marks.areAny(in: $0.part, hits(of: $0)) }) else { continue }
            derive(pieces, into: &visits)
            body(visits)
        }
    }

    private func hits(of piece: VisitorMerge.Piece) -> Range<Int> {
        let first = parts[piece.part].hits(of: piece.runs.lowerBound)
        return first.lowerBound..<parts[piece.part].hits(of: piece.runs.upperBound - 1).upperBound
    }

    /// True if two hits of a visitor are equal in the order of hits, but for what only the first of a visit keeps.
    func areSimultaneous(_ one: HitPlace, _ other: HitPlace) -> Bool {
        guard one.part == other.part else { return false }
        let part = parts[one.part]
        return part.hits.times[one.hit] == part.hits.times[other.hit]
            && part.hits.mark(of: one.hit) == part.hits.mark(of: other.hit)
            && part[.name].places[one.hit] == part[.name].places[other.hit]
            && part[.path].places[one.hit] == part[.path].places[other.hit]
            && part[.host].places[one.hit] == part[.host].places[other.hit]
    }
}

extension ChainedVisit {
    /// Hands over the runs in order of time.
    func forEachRun(_ body: (RunPlace) -> Void) {
        body(head)
        for other in others { body(other) }
    }

    /// True if it is of a visitor of a date.
    func isDated(_ timeline: Timeline) -> Bool { timeline.parts[head.part].runs.isDated(head.run) }
}
