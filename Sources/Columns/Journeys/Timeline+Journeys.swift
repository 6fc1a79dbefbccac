import Analytics

extension Timeline {
    /// Counts by two threads, each of which has half of the visitors.
    ///
    /// - Parameters:
    ///   - workers: The threads.
    ///   - counts: The counts of some visitors, the second time with the hits without a visitor.
    /// - Returns: The counts of both halves.
    func halves<Counts: Sendable>(
        by workers: ScanWorkers,
        _ counts: @escaping @Sendable (_ visitors: ClosedRange<UInt64>, _ withLoose: Bool) -> Counts
    ) async -> (Counts, Counts) {
        let middle: UInt64 = 1 << 63
        async let second = workers.run(by: 1) { counts(middle...(.max), true) }
        let first = await workers.run(by: 0) { counts(0...(middle - 1), false) }
        return (first, await second)
    }

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
