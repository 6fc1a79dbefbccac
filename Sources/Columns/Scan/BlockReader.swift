/// The visits of a timeline, read in blocks of visitors, and after them the hits without a visitor.
struct BlockReader {
    private let parts: [Part]
    private let skipped: [[UInt32]]
    /// The sieve that visits come through; nil if all do.
    private let sieve: VisitSieve?
    /// The next run of each part, and the next of those that are skipped.
    private var nextRuns: [Int]
    private var nextSkipped: [Int]
    /// The first visitor of the next block; nil at the end.
    private var next: UInt64?
    private let last: UInt64
    /// The number of visitors that a block may have, less one.
    private var width: UInt64
    /// The visits of a block, on average, if all come through.
    private let usualCount: Int
    private var table = VisitorTable()
    /// The number of the next visitor in the scan.
    private var number: UInt32 = 1
    /// The next hits without a visitor: their part, and their place among those of the part.
    private var loose: (part: Int, place: Int)

    /// The hits of a block.
    ///
    /// With a quarter of them the columns of a block fit in a cache of 1 MB, but each part is gone to four times as often,
    /// which took 15 % longer on a processor with 2 MB.
    private static let size = 65_536

    /// - Parameters:
    ///   - timeline: The parts.
    ///   - period: The time in which hits are wanted, in milliseconds since 1970.
    ///   - visitors: The visitors that are wanted; the number of them is a power of two, of which the first is a multiple.
    ///   - withLoose: True to read the hits without a visitor too.
    ///   - sieve: The sieve that visits come through; nil if all do.
    init(
        _ timeline: Timeline,
        in period: Range<Int>,
        _ visitors: ClosedRange<UInt64>,
        withLoose: Bool,
        _ sieve: VisitSieve?
    ) {
        (parts, skipped, self.sieve) = (timeline.scanned, timeline.skipped, sieve)
        let days = timeline.parts.count
        nextRuns = parts.enumerated().map { place, part in
            // Visits that go on over midnights have hits of several days.
            let isWanted = place >= days || period.overlaps(part.start..<part.start + Part.length)
            return isWanted ? part.runs.place(of: visitors.lowerBound) : part.runs.count
        }
        nextSkipped = zip(skipped, nextRuns).map { runs, next in runs.firstIndex { $0 >= next } ?? runs.count }
        // Visitors are digests: of their numbers each half has half of the hits.
        var hits = parts.reduce(0) { $0 + $1.count }
        var width = visitors.upperBound - visitors.lowerBound
        var count = parts.reduce(0) { $0 + $1.runs.count }
        while width > 0, hits > Self.size { (width, hits, count) = (width >> 1, hits >> 1, count >> 1) }
        self.width = width
        usualCount = count
        (next, last) = (visitors.lowerBound, visitors.upperBound)
        loose = (withLoose ? 0 : parts.count, 0)
    }

    /// Reads the next block.
    ///
    /// - Parameter block: Is filled with its visits.
    /// - Returns: False if there are no more.
    mutating func read(_ block: inout VisitBlock) -> Bool {
        while let next {
            let bound = min(next | width, last)
            readVisits(next...bound, &block)
            // Blocks of few visits would cost what each part costs for each of them.
            if block.count < usualCount / 4, width < last / 2 { width = width << 1 | 1 }
            self.next = bound < last ? bound + 1 : nil
            if block.count > 0 { return true }
        }
        return readLoose(&block)
    }

    private mutating func readVisits(_ visitors: ClosedRange<UInt64>, _ block: inout VisitBlock) {
        block.begin(isLoose: false)
        let ends = parts.indices.map { parts[$0].runs.end(through: visitors.upperBound, from: nextRuns[$0]) }
        let ranges = zip(nextRuns, ends).map { $0..<$1 }
        let flags = sieve.map { sieve in ranges.indices.map { sieve.flags(of: ranges[$0], in: parts[$0], $0) } }
        let most = flags?.reduce(0) { $0 + $1.count(where: \.self) } ?? ranges.reduce(0) { $0 + $1.count }
        table.begin(visitors, most)
        for part in parts.indices where !ranges[part].isEmpty {
            readVisits(of: part, ranges[part], flags?[part], &block)
        }
        nextRuns = ends
        number = block.end(&table, from: number)
    }

    /// Reads the runs of a part; the flags are true for those that come through, and nil if all do.
    private mutating func readVisits(of part: Int, _ range: Range<Int>, _ flags: [Bool]?, _ block: inout VisitBlock) {
        let (runs, skipped) = (parts[part].runs, skipped[part])
        var next = nextSkipped[part]
        for run in range {
            if next < skipped.count, skipped[next] == run {
                next += 1
            } else if flags?[run - range.lowerBound] ?? true, runs.isVisit(run) {
                block.append(run, at: table.add(visitOf: runs.visitors[run]))
            }
        }
        nextSkipped[part] = next
        block.endPiece(of: part)
    }

    private mutating func readLoose(_ block: inout VisitBlock) -> Bool {
        while loose.part < parts.count, loose.place == parts[loose.part].loose.count {
            loose = (loose.part + 1, 0)
        }
        guard loose.part < parts.count else { return false }
        let part = parts[loose.part]
        let count = min(part.loose.count - loose.place, Self.size)
        block.begin(isLoose: true)
        for place in 0..<count { block.append(part.runs.count + loose.place + place, at: Int32(place)) }
        block.endPiece(of: loose.part)
        block.endLoose()
        loose.place += count
        return true
    }
}

extension RunColumns {
    /// The place after the last run of a visitor who is not after another, at or after a place.
    fileprivate func end(through visitor: UInt64, from start: Int) -> Int {
        var end = start
        while end < count, visitors[end] <= visitor { end += 1 }
        return end
    }
}
