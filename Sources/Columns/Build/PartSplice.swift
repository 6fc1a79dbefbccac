/// A part that is put together from ranges of two others: of one that is known, and of one with the hits of changed visitors.
struct PartSplice {
    /// Hits that follow each other in one of the parts.
    struct Piece {
        let isFresh: Bool
        let hits: Range<Int>
        /// The runs; none for hits without a visitor.
        let runs: Range<Int>
        /// The rows in the columns of visits.
        let visits: Range<Int>
    }

    private let known: Part
    private let fresh: Part
    private var pieces: [Piece] = []

    /// - Parameters:
    ///   - known: A part.
    ///   - fresh: A part of the same day, with all hits of the changed visitors.
    init(_ known: Part, _ fresh: Part) {
        self.known = known
        self.fresh = fresh
    }

    /// Adds the runs of both parts in order of their visitors.
    ///
    /// - Parameter changed: The visitors whose runs in the known part are left out, in ascending order.
    mutating func addRuns(without changed: [UInt64]) {
        var (old, new) = (0, 0)
        for visitor in changed {
            let replaced = known.runs.runs(of: visitor, from: old)
            addRuns(old..<replaced.lowerBound, isFresh: false)
            old = replaced.upperBound
            let added = fresh.runs.runs(of: visitor, from: new)
            addRuns(added, isFresh: true)
            new = added.upperBound
        }
        addRuns(old..<known.runs.count, isFresh: false)
    }

    /// Adds the runs of some visitors in the known part.
    mutating func addRuns(of visitors: ClosedRange<UInt64>) {
        let end =
            visitors.upperBound == .max ? known.runs.count : known.runs.place(of: visitors.upperBound + 1)
        addRuns(known.runs.place(of: visitors.lowerBound)..<end, isFresh: false)
    }

    /// Adds the runs of some visitors in the known part, in ascending order.
    mutating func addRuns(of visitors: [UInt64]) {
        var next = 0
        for visitor in visitors {
            let runs = known.runs.runs(of: visitor, from: next)
            addRuns(runs, isFresh: false)
            next = runs.upperBound
        }
    }

    private mutating func addRuns(_ runs: Range<Int>, isFresh: Bool) {
        guard !runs.isEmpty else { return }
        let part = isFresh ? fresh : known
        let hits = part.hits(of: runs.lowerBound).lowerBound..<part.hits(of: runs.upperBound - 1).upperBound
        pieces.append(Piece(isFresh: isFresh, hits: hits, runs: runs, visits: runs))
    }

    /// Adds the hits without a visitor, after all others.
    ///
    /// - Parameter isKept: True for a hit of the known part that is not replaced.
    mutating func addLoose(_ isKept: (Int) -> Bool) {
        var start = known.loose.lowerBound
        for hit in known.loose where !isKept(hit) {
            addLoose(start..<hit, isFresh: false)
            start = hit + 1
        }
        addLoose(start..<known.loose.upperBound, isFresh: false)
        addLoose(fresh.loose, isFresh: true)
    }

    private mutating func addLoose(_ hits: Range<Int>, isFresh: Bool) {
        guard !hits.isEmpty else { return }
        let part = isFresh ? fresh : known
        let first = part.runs.count + hits.lowerBound - part.loose.lowerBound
        pieces.append(Piece(isFresh: isFresh, hits: hits, runs: 0..<0, visits: first..<first + hits.count))
    }

    /// The part.
    consuming func part() -> Part {
        guard !pieces.isEmpty else { return Part(emptyOn: known.day) }
        var (hits, runs) = (HitColumns(), RunColumns())
        hits.reserve(known.hits.count + fresh.hits.count)
        var props = PropTable([known.hits.propTexts, fresh.hits.propTexts])
        for piece in pieces {
            let part = piece.isFresh ? fresh : known
            runs.append(piece.runs, of: part.runs, movedBy: hits.count - piece.hits.lowerBound)
            hits.append(piece.hits, of: part.hits) { props.place(of: $0, in: piece.isFresh ? 1 : 0) }
        }
        hits.take(propTexts: props.texts)
        let codes = Column.allCases.map { column in
            let rows = pieces.map { (isFresh: $0.isFresh, rows: column.isOfHits ? $0.hits : $0.visits) }
            return CodeColumn(splicing: rows, of: known[column], and: fresh[column])
        }
        return Part(day: known.day, hits: hits, runs: runs, codes: codes)
    }
}

extension Part {
    /// The part with some of its visitors.
    ///
    /// - Parameters:
    ///   - visitors: The visitors.
    ///   - withLoose: True to keep the hits without a visitor.
    /// - Returns: The part.
    package func slice(_ visitors: ClosedRange<UInt64>, withLoose: Bool) -> Part {
        slice(withLoose: withLoose) { $0.addRuns(of: visitors) }
    }

    /// The part with some of its visitors.
    ///
    /// - Parameters:
    ///   - visitors: The visitors, in ascending order.
    ///   - withLoose: True to keep the hits without a visitor.
    /// - Returns: The part.
    func slice(_ visitors: [UInt64], withLoose: Bool) -> Part {
        slice(withLoose: withLoose) { $0.addRuns(of: visitors) }
    }

    private func slice(withLoose: Bool, _ addRuns: (inout PartSplice) -> Void) -> Part {
        var splice = PartSplice(self, Part(emptyOn: day))
        addRuns(&splice)
        if withLoose { splice.addLoose { _ in true } }
        return splice.part()
    }
}

/// The properties of hits of several parts, each text once, in the order in which they are met.
private struct PropTable {
    private(set) var texts: [String] = []
    private let sources: [[String]]
    /// The places of the texts, as far as they have been met, by part and place there.
    private var known: [[UInt32?]]
    private var places: [String: UInt32] = [:]

    init(_ sources: [[String]]) {
        self.sources = sources
        known = sources.map { $0.map { _ in nil } }
    }

    mutating func place(of place: UInt32, in source: Int) -> UInt32 {
        if let known = known[source][Int(place)] { return known }
        let text = sources[source][Int(place)]
        let new = places[text] ?? UInt32(texts.count)
        if Int(new) == texts.count {
            texts.append(text)
            places[text] = new
        }
        known[source][Int(place)] = new
        return new
    }
}
