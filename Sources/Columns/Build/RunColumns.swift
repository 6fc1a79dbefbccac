import Analytics

/// The runs of a part, by visitor and time.
struct RunColumns: Hashable, Sendable {
    private(set) var visitors: [UInt64] = []
    /// The places of the first hits; the hits of a run follow each other, and the next run begins after them.
    private(set) var firsts: [UInt32] = []
    /// The times of the last hits other than engagement, in milliseconds since the start of the day.
    private(set) var ends: [Int32] = []
    /// The places of the first and last page views, counted from the first hit; -1 for none.
    private(set) var entries: [Int32] = []
    private(set) var exits: [Int32] = []
    private(set) var pageviews: [UInt32] = []
    private(set) var events: [UInt32] = []
    private var marks: [UInt8] = []

    private static let dated: UInt8 = 1
    private static let visit: UInt8 = 2
    private static let interaction: UInt8 = 4

    var count: Int { visitors.count }

    /// True for a visitor of a date.
    func isDated(_ run: Int) -> Bool { marks[run] & Self.dated != 0 }

    /// True for a visit, and false for engagement before any.
    func isVisit(_ run: Int) -> Bool { marks[run] & Self.visit != 0 }

    /// True if an interactive hit other than a page view is among the hits.
    func hasInteraction(_ run: Int) -> Bool { marks[run] & Self.interaction != 0 }

    /// The memory that they take, in bytes.
    var bytes: Int { count * 37 }

    /// The place of the first run of a visitor who is not before another, at or after a place; the nearer it is, the sooner
    /// it is found.
    func place(of visitor: UInt64, from start: Int = 0) -> Int {
        var (low, step) = (start, 1)
        while low + step <= count, visitors[low + step - 1] < visitor { (low, step) = (low + step, step * 2) }
        var high = min(low + step, count)
        while low < high {
            let middle = (low + high) / 2
            if visitors[middle] < visitor { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The runs of a visitor, the first of which is at or after a place.
    func runs(of visitor: UInt64, from start: Int = 0) -> Range<Int> {
        let first = place(of: visitor, from: start)
        var end = first
        while end < count, visitors[end] == visitor { end += 1 }
        return first..<end
    }

    /// - Parameters:
    ///   - run: The run.
    ///   - day: The day of the part.
    mutating func append(_ run: Run, day: Int) {
        visitors.append(run.visitor)
        firsts.append(UInt32(clamping: run.first))
        ends.append(Int32(clamping: run.tally.end.milliseconds - day * Part.length))
        entries.append(run.tally.entry.map { Int32(clamping: $0 - run.first) } ?? -1)
        exits.append(run.tally.exit.map { Int32(clamping: $0 - run.first) } ?? -1)
        pageviews.append(UInt32(clamping: run.tally.pageviews))
        events.append(UInt32(clamping: run.tally.events))
        let dated = run.isDated ? Self.dated : 0
        marks.append(dated | (run.isVisit ? Self.visit : 0) | (run.tally.hasInteraction ? Self.interaction : 0))
    }

    /// Adds runs of other columns, whose hits have other places.
    ///
    /// - Parameters:
    ///   - added: The runs.
    ///   - other: The other columns.
    ///   - distance: The number of places by which their hits are moved.
    mutating func append(_ added: Range<Int>, of other: RunColumns, movedBy distance: Int) {
        visitors.append(contentsOf: other.visitors[added])
        for first in other.firsts[added] { firsts.append(UInt32(clamping: Int(first) + distance)) }
        ends.append(contentsOf: other.ends[added])
        entries.append(contentsOf: other.entries[added])
        exits.append(contentsOf: other.exits[added])
        pageviews.append(contentsOf: other.pageviews[added])
        events.append(contentsOf: other.events[added])
        marks.append(contentsOf: other.marks[added])
    }
}

/// Hits of a visitor on a day without a gap of more than 30 minutes, as far as they have been seen.
struct Run {
    let visitor: UInt64
    let isDated: Bool
    /// The place of the first hit.
    let first: Int
    let isVisit: Bool
    private(set) var tally: VisitTally
    private var course: Course

    init(_ hit: VisitHit, at place: Int) {
        visitor = hit.visitor.rawValue
        isDated = hit.isDated
        first = place
        isVisit = hit.kind != .engagement
        tally = VisitTally(first: hit, at: place)
        course = Course(after: nil, from: hit.time.milliseconds, through: hit.time.milliseconds)
    }

    /// True if a hit is of the same run.
    func reaches(_ hit: VisitHit, _ dates: DateBorders) -> Bool {
        guard hit.visitor.rawValue == visitor else { return false }
        // A visit begins with a hit other than engagement.
        guard isVisit || hit.kind == .engagement else { return false }
        return course.reaches(hit.time.milliseconds, isDated: hit.isDated, dates)
    }

    mutating func add(_ hit: VisitHit, at place: Int) {
        tally.add(hit, at: place)
        course = Course(after: course, from: hit.time.milliseconds, through: hit.time.milliseconds)
    }
}
