import Analytics

/// The visits and hits of a block that pass the filters of a query and lie in its period.
struct BlockSelection {
    /// Hits, visit by visit.
    struct Hits {
        /// Their places among the hits of the block.
        var places: [Int32] = []
        var visits: [Int32] = []
        /// Their marks, as the columns have them.
        var marks: [UInt8] = []

        var count: Int { places.count }

        mutating func reserve(_ count: Int) {
            places.reserveCapacity(count)
            visits.reserveCapacity(count)
            marks.reserveCapacity(count)
        }

        mutating func append(_ place: Int, of visit: Int32, _ mark: UInt8) {
            places.append(Int32(truncatingIfNeeded: place))
            visits.append(visit)
            marks.append(mark)
        }

        /// Those with a flag.
        func filtered(by flags: [Bool]) -> Hits { filtered { place, _ in flags[place] } }

        /// Those with some marks.
        func filtered(_ isWanted: (UInt8) -> Bool) -> Hits { filtered { _, mark in isWanted(mark) } }

        private func filtered(_ isWanted: (_ place: Int, _ mark: UInt8) -> Bool) -> Hits {
            var hits = Hits()
            for (index, place) in places.enumerated() where isWanted(Int(place), marks[index]) {
                hits.append(Int(place), of: visits[index], marks[index])
            }
            return hits
        }
    }

    /// The visits of which hits pass.
    private(set) var block: VisitBlock
    /// The hits that pass; nil for all.
    let hitFlags: [Bool]?
    /// The visits that have hits in the period, in ascending order.
    let visits: [Int32]
    /// Those of them that have all of their hits in the period, and the others.
    let whole: [Int32]
    let cut: [Int32]
    /// All visits that have hits outside the period.
    private let outer: [Int32]
    private let period: Range<Int>
    private let parts: [Part]
    /// The hits other than engagement, once they have been asked for.
    private var known: Hits?
    /// The marks of hits that pass, and the visits that have one, once they have been asked for.
    private var passing: (marks: [UInt8], visits: [Int32])?
    /// The codes that have been asked for.
    private var codes = BlockCodes()

    /// - Parameters:
    ///   - block: The block.
    ///   - condition: What hits have to meet; nil for nothing.
    ///   - period: The period.
    ///   - parts: All parts.
    init(_ block: VisitBlock, _ condition: Condition?, _ period: Period, _ parts: [Part]) {
        self.period = period.start.milliseconds..<period.end.milliseconds
        self.parts = parts
        self.block = block
        guard let condition else {
            hitFlags = nil
            self.block.takeVisits(parts)
            (visits, whole, cut, outer) = self.block.visits(in: self.period)
            return
        }
        if !condition.isOfVisits {
            self.block.takeVisits(parts)
            self.block.placeHits()
        }
        let flags = condition.flags(in: self.block, parts, period)
        let isWanted = flags.visits(in: self.block)
        if case .hits(let flags) = flags {
            hitFlags = self.block.values(flags, ofVisits: isWanted)
        } else {
            hitFlags = nil
        }
        self.block = block.filtered(by: isWanted)
        self.block.takeVisits(parts)
        (visits, whole, cut, outer) = self.block.visits(in: self.period)
    }

    /// True if all hits of all visits are in the period.
    private var areWhole: Bool { cut.isEmpty }

    /// True if all hits of a visit are in the period.
    func isWhole(_ visit: Int) -> Bool {
        areWhole || (block.starts[visit] >= period.lowerBound && block.lasts[visit] < period.upperBound)
    }

    /// The hits.
    ///
    /// - Parameter withEngagement: True for reports of engagement too.
    /// - Returns: The hits that pass.
    mutating func hits(withEngagement: Bool) -> Hits {
        guard !withEngagement else { return hits(of: visits, withEngagement: true) }
        if let known { return known }
        let hits = hits(of: visits, withEngagement: false)
        known = hits
        return hits
    }

    /// The hits of some visits.
    mutating func hits(of visits: [Int32], withEngagement: Bool) -> Hits {
        guard !visits.isEmpty else { return Hits() }
        block.takeHits(parts)
        let unwanted = withEngagement ? .max : HitColumns.engagement
        if areWhole, hitFlags == nil { return block.hits(of: visits, without: unwanted) }
        var hits = Hits()
        hits.reserve(block.hitCount)
        let marks = block.hitMarks.span
        for visit in visits {
            let isWhole = isWhole(Int(visit))
            for place in block.hits(of: Int(visit)) {
                let mark = marks[place]
                guard mark & HitColumns.kinds != unwanted, hitFlags.map({ $0[place] }) ?? true,
                    isWhole || period.contains(block.time(of: place, in: Int(visit)))
                else { continue }
                hits.append(place, of: visit, mark)
            }
        }
        return hits
    }

    /// The marks of all hits of the block, that of engagement for hits that do not pass, and the visits that have others.
    mutating func passingHits() -> (marks: [UInt8], visits: [Int32]) {
        if let passing { return passing }
        block.takeHits(parts)
        let marks = passingMarks()
        var visits = visits
        if hitFlags != nil || !cut.isEmpty {
            visits = visits.filter { visit in
                hitFlags == nil && isWhole(Int(visit))
                    || block.hits(of: Int(visit)).contains { marks[$0] & HitColumns.kinds != HitColumns.engagement }
            }
        }
        passing = (marks, visits)
        return (marks, visits)
    }

    mutating func takeHitVisitors() { block.takeHitVisitors() }

    private func passingMarks() -> [UInt8] {
        var marks = block.hitMarks
        if let hitFlags {
            for hit in marks.indices where !hitFlags[hit] { marks[hit] = HitColumns.engagement }
        }
        for visit in outer {
            for hit in block.hits(of: Int(visit)) where !period.contains(block.time(of: hit, in: Int(visit))) {
                marks[hit] = HitColumns.engagement
            }
        }
        return marks
    }

    /// The codes that visits or hits have in the column of a dimension.
    ///
    /// - Parameters:
    ///   - column: The column.
    ///   - scope: The hits whose codes count.
    ///   - dictionaries: The dictionaries of the column, by part.
    /// - Returns: The codes by visit, or for the scope of hits by hit.
    mutating func codes(of column: Column, _ scope: AttributeValues.Scope, _ dictionaries: [[UInt32]]) -> [UInt32] {
        if scope == .hit { block.placeHits() }
        return codes.codes(of: column, scope, dictionaries, in: block, parts)
    }
}

extension VisitBlock {
    /// All hits of some visits but those of a kind.
    ///
    /// Without a branch for each hit, and without growing lists: every place is written, and counts if it is wanted.
    fileprivate func hits(of visits: [Int32], without unwanted: UInt8) -> BlockSelection.Hits {
        var places = Array(repeating: Int32(0), count: hitCount)
        var owners = places
        var kept = Array(repeating: UInt8(0), count: hitCount)
        let (marks, ends) = (hitMarks.span, hits.span)
        var count = 0
        var nextPlace = places.mutableSpan
        var nextOwner = owners.mutableSpan
        var nextMark = kept.mutableSpan
        for visit in visits {
            for place in Int(ends[Int(visit)])..<Int(ends[Int(visit) + 1]) {
                let mark = marks[place]
                nextPlace[count] = Int32(truncatingIfNeeded: place)
                nextOwner[count] = visit
                nextMark[count] = mark
                count += mark & HitColumns.kinds == unwanted ? 0 : 1
            }
        }
        places.removeLast(places.count - count)
        owners.removeLast(owners.count - count)
        kept.removeLast(kept.count - count)
        return BlockSelection.Hits(places: places, visits: owners, marks: kept)
    }

    /// The flags of the hits of some visits, one after another.
    fileprivate func values(_ flags: [Bool], ofVisits isWanted: [Bool]) -> [Bool] {
        var values: [Bool] = []
        values.reserveCapacity(flags.count)
        for visit in 0..<count where isWanted[visit] { values += flags[hits(of: visit)] }
        return values
    }

    /// The visits that have hits in a period, those of them that have no others, those that do, and all that have others.
    fileprivate func visits(
        in period: Range<Int>
    ) -> (visits: [Int32], whole: [Int32], cut: [Int32], outer: [Int32]) {
        var (whole, cut, outer): ([Int32], [Int32], [Int32]) = ([], [], [])
        whole.reserveCapacity(count)
        let (starts, lasts) = (starts.span, lasts.span)
        for visit in 0..<count {
            let (start, last, number) = (starts[visit], lasts[visit], Int32(truncatingIfNeeded: visit))
            if start >= period.lowerBound, last < period.upperBound {
                whole.append(number)
            } else {
                outer.append(number)
                if start < period.upperBound, last >= period.lowerBound { cut.append(number) }
            }
        }
        return (cut.isEmpty ? whole : (whole + cut).sorted(), whole, cut, outer)
    }
}
