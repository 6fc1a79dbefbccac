/// Visits of some visitors, side by side, those of one visitor one after another; the unit in which a scan works, so
/// small that it stays in the caches of a processor.
///
/// Hits without a visitor come in blocks of their own, in which each is like a visit with one hit.
struct VisitBlock {
    /// The visits that come from one part.
    struct Piece {
        let part: Int
        /// Their places among `runs`.
        let entries: Range<Int>
    }

    /// True for hits without a visitor.
    private(set) var isLoose = false
    private(set) var pieces: [Piece] = []
    /// The rows of the visits in the columns of visits, piece by piece.
    private(set) var runs: [Int32] = []
    /// For each of them the place of the visit in the block, by which all that follows is ordered.
    private(set) var places: [Int32] = []

    /// The numbers of the visitors, each of which has its own in a scan.
    private(set) var visitors: [UInt32] = []
    private(set) var parts: [Int32] = []
    /// The first hits in their parts.
    private(set) var firsts: [Int32] = []
    /// The places of the first hits among those of the block, and the number of these.
    private(set) var hits: [Int32] = []
    /// The times of the first and of the last hit, in milliseconds since 1970.
    private(set) var starts: [Int] = []
    private(set) var lasts: [Int] = []
    /// The time from the first to the last hit other than engagement, in milliseconds.
    private(set) var durations: [Int32] = []
    private(set) var pageviews: [UInt32] = []
    private(set) var events: [UInt32] = []
    private(set) var marks: [UInt8] = []
    /// True if a visitor of a date is among the visitors.
    private(set) var hasDatedVisitors = false
    /// The marks of the hits, as the columns of parts have them, and their times in milliseconds since the start of the
    /// part; empty until hits are looked at.
    private(set) var hitMarks: [UInt8] = []
    private(set) var hitTimes: [Int32] = []
    /// The numbers of the visitors of the hits; empty until they are asked for.
    private(set) var hitVisitors: [UInt32] = []

    /// The rows of the hits in the columns of hits, piece by piece, with their places in the block; empty until they are
    /// asked for.
    ///
    /// A visit has few hits: a loop over them within one over the visits is foretold badly, and is gone through once
    /// instead of for each column.
    private(set) var hitRows: [Int32] = []
    private(set) var hitPlaces: [Int32] = []
    /// For each piece the place after its last hit in both.
    private var hitEnds: [Int] = []

    /// The mark of a visitor of a date.
    static let dated: UInt8 = 1
    /// The mark of an interactive hit other than a page view.
    private static let interaction: UInt8 = 2

    /// The number of visits.
    var count: Int { visitors.count }

    /// The number of hits.
    var hitCount: Int { hits.last.map { Int($0) } ?? 0 }

    /// True if an interactive hit other than a page view is among the hits.
    func hasInteraction(_ visit: Int) -> Bool { marks[visit] & Self.interaction != 0 }

    /// The places of the hits of a visit among those of the block.
    func hits(of visit: Int) -> Range<Int> { Int(hits[visit])..<Int(hits[visit + 1]) }

    /// The place in its part of a hit of the block.
    func hit(at place: Int, in visit: Int) -> Int { Int(firsts[visit]) + place - Int(hits[visit]) }

    /// The time of a hit of the block, in milliseconds since 1970.
    func time(of place: Int, in visit: Int) -> Int {
        // The first hit has the time of the start.
        starts[visit] + Int(hitTimes[place] - hitTimes[Int(hits[visit])])
    }
}

extension VisitBlock {
    /// Begins with other visits.
    mutating func begin(isLoose: Bool) {
        self.isLoose = isLoose
        pieces.removeAll(keepingCapacity: true)
        runs.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }

    /// Adds a visit.
    ///
    /// - Parameters:
    ///   - row: Its row in the columns of visits.
    ///   - place: The slot of its visitor, or its place if it is a hit without a visitor.
    mutating func append(_ row: Int, at place: Int32) {
        runs.append(Int32(truncatingIfNeeded: row))
        places.append(place)
    }

    /// Notes that the visits added since the last time come from a part.
    mutating func endPiece(of part: Int) {
        let start = pieces.last?.entries.upperBound ?? 0
        if runs.count > start { pieces.append(Piece(part: part, entries: start..<runs.count)) }
    }

    /// Puts the visits of each visitor one after another.
    ///
    /// - Parameters:
    ///   - table: The visitors, in whose slots the visits were added.
    ///   - first: The number of the first visitor.
    /// - Returns: The number after the last.
    mutating func end(_ table: inout VisitorTable, from first: UInt32) -> UInt32 {
        let next = table.number(from: first)
        visitors.resize(to: places.count, with: 0)
        table.place(&places, &visitors)
        hits.removeAll(keepingCapacity: true)
        return next
    }

    /// Leaves hits without a visitor in their order.
    mutating func endLoose() {
        visitors.clear(to: places.count)
        hits.removeAll(keepingCapacity: true)
    }

    /// Takes what counts of the visits, unless it is there.
    mutating func takeVisits(_ parts: [Part]) {
        guard hits.isEmpty else { return }
        resize(to: count)
        for piece in pieces { take(piece, parts[piece.part]) }
        hasDatedVisitors = marks.contains { $0 & Self.dated != 0 }
        countHits()
    }

    /// Makes the numbers of hits in `hits` the places of the first ones.
    private mutating func countHits() {
        var hit: Int32 = 0
        for visit in visitors.indices {
            let count = hits[visit]
            hits[visit] = hit
            hit += count
        }
        hits[visitors.count] = hit
        hitMarks.removeAll(keepingCapacity: true)
        hitTimes.removeAll(keepingCapacity: true)
        hitVisitors.removeAll(keepingCapacity: true)
        hitEnds.removeAll(keepingCapacity: true)
    }

    /// Takes the visitors of the hits, unless they are there.
    mutating func takeHitVisitors() {
        guard hitVisitors.isEmpty else { return }
        hitVisitors.clear(to: hitCount)
        Self.spread(visitors, over: hits, &hitVisitors)
    }

    /// Sets the values of visits for all of their hits, which were 0.
    ///
    /// The difference from the visit before is put at the first hit of each, and summed: a loop over the few hits of a
    /// visit within one over the visits is foretold badly.
    private static func spread(_ values: [UInt32], over firsts: [Int32], _ spread: inout [UInt32]) {
        let (values, firsts) = (values.span, firsts.span)
        var spread = spread.mutableSpan
        var last: UInt32 = 0
        for visit in values.indices {
            spread[Int(firsts[visit])] = values[visit] &- last
            last = values[visit]
        }
        var value: UInt32 = 0
        for hit in spread.indices {
            value &+= spread[hit]
            spread[hit] = value
        }
    }

    /// Takes what counts of the hits, unless it is there.
    mutating func takeHits(_ parts: [Part]) {
        guard hitMarks.isEmpty else { return }
        placeHits()
        hitMarks.resize(to: hitCount, with: 0)
        hitTimes.resize(to: hitCount, with: 0)
        for place in pieces.indices {
            let part = parts[pieces[place].part]
            let range = hits(ofPieceAt: place)
            Self.move(part.hits.times, at: hitRows, to: hitPlaces, range, &hitTimes)
            Self.move(part.hits.marks, at: hitRows, to: hitPlaces, range, &hitMarks)
        }
    }

    /// Finds the rows of the hits, unless they are there.
    mutating func placeHits() {
        guard hitEnds.isEmpty else { return }
        hitRows.clear(to: hitCount)
        hitPlaces.clear(to: hitCount)
        for piece in pieces {
            let start = hitEnds.last ?? 0
            let visits = (places: places, firsts: firsts, hits: hits, entries: piece.entries)
            hitEnds.append(Self.place(hitsOf: visits, from: start, &hitRows, &hitPlaces))
        }
    }

    /// Sets the rows of the hits of a piece, and their places in the block, all of which were 0.
    ///
    /// Both go on by one with each hit; where a visit begins the distance changes, and is summed as in `spread`.
    ///
    /// - Returns: The place after the last one.
    private static func place(
        hitsOf visits: (places: [Int32], firsts: [Int32], hits: [Int32], entries: Range<Int>),
        from start: Int,
        _ rows: inout [Int32],
        _ targets: inout [Int32]
    ) -> Int {
        let (places, firsts, hits) = (visits.places.span, visits.firsts.span, visits.hits.span)
        var rows = rows.mutableSpan
        var targets = targets.mutableSpan
        var next = Int32(truncatingIfNeeded: start)
        var last: (row: Int32, target: Int32) = (0, 0)
        for entry in visits.entries {
            let visit = Int(places[entry])
            let distance = (row: firsts[visit] &- next, target: hits[visit] &- next)
            rows[Int(next)] = distance.row &- last.row
            targets[Int(next)] = distance.target &- last.target
            last = distance
            next &+= hits[visit + 1] &- hits[visit]
        }
        var (row, target): (Int32, Int32) = (0, 0)
        for hit in Int32(truncatingIfNeeded: start)..<next {
            row &+= rows[Int(hit)]
            target &+= targets[Int(hit)]
            rows[Int(hit)] = row &+ hit
            targets[Int(hit)] = target &+ hit
        }
        return Int(next)
    }

    /// The hits of a piece among `hitRows`.
    func hits(ofPieceAt place: Int) -> Range<Int> { (place > 0 ? hitEnds[place - 1] : 0)..<hitEnds[place] }

    /// The block with some of its visits, without what counts of them.
    ///
    /// - Parameter isWanted: True for them, by visit.
    /// - Returns: The block.
    func filtered(by isWanted: [Bool]) -> VisitBlock {
        var places = Array(repeating: Int32(-1), count: count)
        var block = VisitBlock()
        block.isLoose = isLoose
        for visit in 0..<count where isWanted[visit] {
            places[visit] = Int32(truncatingIfNeeded: block.visitors.count)
            block.visitors.append(visitors[visit])
        }
        for piece in pieces {
            for entry in piece.entries where places[Int(self.places[entry])] >= 0 {
                block.runs.append(runs[entry])
                block.places.append(places[Int(self.places[entry])])
            }
            block.endPiece(of: piece.part)
        }
        return block
    }

    /// Puts the values of a column at the places of the hits of a piece.
    private static func move<Value>(
        _ column: [Value],
        at rows: [Int32],
        to places: [Int32],
        _ hits: Range<Int>,
        _ values: inout [Value]
    ) {
        let (column, rows, places) = (column.span, rows.span, places.span)
        var values = values.mutableSpan
        for index in hits { values[Int(places[index])] = column[Int(rows[index])] }
    }

    private mutating func resize(to count: Int) {
        parts.resize(to: count, with: 0)
        firsts.resize(to: count, with: 0)
        hits.resize(to: count + 1, with: 0)
        starts.resize(to: count, with: 0)
        lasts.resize(to: count, with: 0)
        durations.resize(to: count, with: 0)
        pageviews.resize(to: count, with: 0)
        events.resize(to: count, with: 0)
        marks.resize(to: count, with: 0)
    }

    /// Takes what counts of the visits of a part; `hits` gets their numbers of hits.
    private mutating func take(_ piece: Piece, _ part: Part) {
        isLoose ? take(loose: piece, part) : take(visits: piece, part)
    }

    private mutating func take(visits piece: Piece, _ part: Part) {
        let rows = (runs: runs, places: places, entries: piece.entries)
        let (columns, times, day) = (part.runs, part.hits.times, part.start)
        let (ends, looseStart) = (columns.firsts, part.loose.lowerBound)
        let number = Int32(truncatingIfNeeded: piece.part)
        Self.fill(&parts, rows) { _ in number }
        Self.fill(&firsts, rows) { Int32(truncatingIfNeeded: columns.firsts[$0]) }
        Self.fill(&hits, rows) { run in
            let end = run + 1 < ends.count ? Int(ends[run + 1]) : looseStart
            return Int32(truncatingIfNeeded: end - Int(ends[run]))
        }
        Self.fill(&starts, rows) { day + Int(times[Int(columns.firsts[$0])]) }
        Self.fill(&lasts, rows) { run in
            day + Int(times[(run + 1 < ends.count ? Int(ends[run + 1]) : looseStart) - 1])
        }
        Self.fill(&durations, rows) { columns.ends[$0] - times[Int(columns.firsts[$0])] }
        Self.fill(&pageviews, rows) { columns.pageviews[$0] }
        Self.fill(&events, rows) { columns.events[$0] }
        Self.fill(&marks, rows) { run in
            let interaction = columns.hasInteraction(run) ? Self.interaction : 0
            return interaction | (columns.isDated(run) ? Self.dated : 0)
        }
    }

    /// Sets the values of visits, each at its place.
    @inline(__always)
    private static func fill<Value>(
        _ values: inout [Value],
        _ rows: (runs: [Int32], places: [Int32], entries: Range<Int>),
        _ value: (Int) -> Value
    ) {
        let (runs, places) = (rows.runs.span, rows.places.span)
        var values = values.mutableSpan
        for entry in rows.entries { values[Int(places[entry])] = value(Int(runs[entry])) }
    }

    private mutating func take(loose piece: Piece, _ part: Part) {
        let first = part.loose.lowerBound - part.runs.count
        for entry in piece.entries {
            let (hit, visit) = (Int(runs[entry]) + first, Int(places[entry]))
            parts[visit] = Int32(truncatingIfNeeded: piece.part)
            firsts[visit] = Int32(truncatingIfNeeded: hit)
            hits[visit] = 1
            starts[visit] = part.time(of: hit)
            lasts[visit] = starts[visit]
        }
    }
}

extension Array where Element: FixedWidthInteger {
    /// Changes the number of elements, and makes all of them 0.
    fileprivate mutating func clear(to count: Int) {
        resize(to: count, with: 0)
        var elements = mutableSpan
        elements.update(repeating: 0)
    }
}

extension Array {
    /// Changes the number of elements; those that are there keep their values, which mean nothing any more.
    fileprivate mutating func resize(to count: Int, with element: Element) {
        if count < self.count {
            removeLast(self.count - count)
        } else if count > self.count {
            append(contentsOf: repeatElement(element, count: count - self.count))
        }
    }
}
