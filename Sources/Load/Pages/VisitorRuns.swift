/// The runs of hits of one visitor, in order of time, whatever the order in which they were added.
struct VisitorRuns: Sendable {
    private(set) var runs: [HitRun] = []

    init() {}

    /// Joins the runs of one person who had several names.
    init(joining parts: [VisitorRuns]) {
        for run in parts.flatMap(\.runs).sorted(by: { $0.first < $1.first }) {
            if let last = runs.last, !last.isApart(from: run) {
                runs[runs.count - 1].absorb(run)
            } else {
                runs.append(run)
            }
        }
    }

    /// Adds a hit; joins the runs between which it closes the gap.
    mutating func add(_ hit: HitRun) {
        var index = runs.count
        // From the end, since most hits are among the latest.
        while index > 0, runs[index - 1].first > hit.first { index -= 1 }
        var joined = hit
        var range = index..<index
        if index > 0, !runs[index - 1].isApart(from: hit) {
            joined.absorb(runs[index - 1])
            range = index - 1..<index
        }
        if index < runs.count, !joined.isApart(from: runs[index]) {
            joined.absorb(runs[index])
            range = range.lowerBound..<index + 1
        }
        if range.count == 1 { runs[range.lowerBound] = joined } else { runs.replaceSubrange(range, with: [joined]) }
    }
}
