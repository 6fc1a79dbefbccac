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
    /// True if all hits of all of these are in the period.
    let areWhole: Bool
    private let period: Range<Int>
    private let parts: [Part]
    /// The hits other than engagement, once they have been asked for.
    private var known: Hits?

    /// - Parameters:
    ///   - block: The block.
    ///   - flags: What passes the filters; nil for everything.
    ///   - period: The period, in milliseconds since 1970.
    ///   - parts: All parts.
    init(_ block: VisitBlock, _ flags: BlockFlags?, _ period: Range<Int>, _ parts: [Part]) {
        (self.period, self.parts) = (period, parts)
        switch flags {
        case .visits(let flags):
            self.block = block.filtered(by: flags)
            hitFlags = nil
        case .hits(let flags):
            let visits = BlockFlags.hits(flags).visits(in: block)
            self.block = block.filtered(by: visits)
            hitFlags = visits.indices.filter { visits[$0] }.flatMap { flags[block.hits(of: $0)] }
        case nil:
            self.block = block
            hitFlags = nil
        }
        (visits, areWhole) = self.block.visits(in: period)
    }

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
        if block.hitMarks.isEmpty { block.takeHits(parts) }
        var hits = Hits()
        hits.reserve(block.hitCount)
        let unwanted = withEngagement ? .max : HitColumns.engagement
        for visit in visits {
            let isWhole = isWhole(Int(visit))
            for place in block.hits(of: Int(visit)) {
                let mark = block.hitMarks[place]
                guard mark & HitColumns.kinds != unwanted, hitFlags.map({ $0[place] }) ?? true,
                    isWhole || period.contains(block.time(of: place, in: Int(visit)))
                else { continue }
                hits.append(place, of: visit, mark)
            }
        }
        return hits
    }
}

extension VisitBlock {
    /// The visits that have hits in a period, and whether they have no others.
    fileprivate func visits(in period: Range<Int>) -> (visits: [Int32], areWhole: Bool) {
        var visits: [Int32] = []
        visits.reserveCapacity(count)
        var areWhole = true
        let (starts, lasts) = (starts.span, lasts.span)
        for visit in 0..<count {
            let (start, last) = (starts[visit], lasts[visit])
            guard start < period.upperBound, last >= period.lowerBound else { continue }
            if start < period.lowerBound || last >= period.upperBound { areWhole = false }
            visits.append(Int32(truncatingIfNeeded: visit))
        }
        return (visits, areWhole)
    }
}
