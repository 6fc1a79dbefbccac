/// The visits of a timeline, read in blocks of visitors, and after them the hits without a visitor.
struct BlockReader {
    private let parts: [Part]
    private let skipped: [[UInt32]]
    /// The next run of each part, and the next of those that are skipped.
    private var nextRuns: [Int]
    private var nextSkipped: [Int]
    /// The last visitor of the next block; nil at the end.
    private var bound: UInt64?
    private let last: UInt64
    /// The number of visitors that a block may have, less one.
    private let width: UInt64
    private var numbers = VisitorNumbers()
    /// The number of the next visitor in the scan.
    private var number = 1
    /// The next hits without a visitor: their part, and their place among those of the part.
    private var loose: (part: Int, place: Int)

    /// The hits of a block; with more of them columns would leave the cache while they are used.
    private static let size = 16_384

    /// - Parameters:
    ///   - timeline: The parts.
    ///   - visitors: The visitors that are wanted; the number of them is a power of two, of which the first is a multiple.
    ///   - withLoose: True to read the hits without a visitor too.
    init(_ timeline: Timeline, _ visitors: ClosedRange<UInt64>, withLoose: Bool) {
        (parts, skipped) = (timeline.scanned, timeline.skipped)
        nextRuns = parts.map { $0.runs.place(of: visitors.lowerBound) }
        nextSkipped = zip(skipped, nextRuns).map { runs, next in runs.firstIndex { $0 >= next } ?? runs.count }
        // Visitors are digests: of their numbers each half has half of the hits.
        var hits = parts.reduce(0) { $0 + $1.count }
        var width = visitors.upperBound - visitors.lowerBound
        while width > 0, hits > Self.size { (width, hits) = (width >> 1, hits >> 1) }
        self.width = width
        last = visitors.upperBound
        bound = min(visitors.lowerBound | width, last)
        loose = (withLoose ? 0 : parts.count, 0)
    }

    /// Reads the next block.
    ///
    /// - Parameter block: Is filled with its visits.
    /// - Returns: False if there are no more.
    mutating func read(_ block: inout VisitBlock) -> Bool {
        while let bound {
            readVisits(through: bound, &block)
            self.bound = bound < last ? min((bound + 1) | width, last) : nil
            if block.count > 0 { return true }
        }
        return readLoose(&block)
    }

    private mutating func readVisits(through bound: UInt64, _ block: inout VisitBlock) {
        block.begin(isLoose: false)
        let ends = parts.indices.map { parts[$0].runs.end(through: bound, from: nextRuns[$0]) }
        numbers.begin(zip(nextRuns, ends).reduce(0) { $0 + $1.1 - $1.0 })
        for part in parts.indices where nextRuns[part] < ends[part] {
            readVisits(of: part, nextRuns[part]..<ends[part], &block)
            nextRuns[part] = ends[part]
        }
        block.end(visitors: numbers.count, from: number)
        number += numbers.count
    }

    private mutating func readVisits(of part: Int, _ range: Range<Int>, _ block: inout VisitBlock) {
        let (runs, skipped) = (parts[part].runs, skipped[part])
        var next = nextSkipped[part]
        for run in range {
            if next < skipped.count, skipped[next] == run {
                next += 1
            } else if runs.isVisit(run) {
                block.append(run, of: numbers.number(of: runs.visitors[run]))
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
        for place in 0..<count { block.append(part.runs.count + loose.place + place, of: Int32(place)) }
        block.endPiece(of: loose.part)
        block.end(visitors: count, from: 0)
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
