package import Analytics

/// The visitors who take steps, and the times between these; counts of different visitors add up.
package struct FunnelCounts: Sendable {
    /// The most times that are kept.
    private static let mostTimes = 20_000_000

    /// The visitors by the steps that they take at least.
    private(set) var visitors: [Int]
    /// The times since the step before, in milliseconds, by step; there are none of the first.
    private var times: [[Int]]
    private var timesKept = 0
    package var coverage = Coverage()

    init(steps: Int) {
        visitors = Array(repeating: 0, count: steps)
        times = Array(repeating: [], count: steps)
    }

    /// Adds a visitor.
    mutating func add(_ attempts: FunnelAttempts) {
        guard attempts.reached > 0 else { return }
        for step in 0..<attempts.reached { visitors[step] += 1 }
        timesKept += attempts.reached - 1
        guard timesKept <= Self.mostTimes else { return }
        for step in 1..<max(attempts.reached, 1) { times[step].append(attempts.best[step] - attempts.best[step - 1]) }
    }

    /// Adds other visitors.
    package mutating func add(_ other: FunnelCounts) {
        for step in visitors.indices { visitors[step] += other.visitors[step] }
        timesKept += other.timesKept
        coverage.add(other.coverage)
        guard timesKept <= Self.mostTimes else { return }
        for step in times.indices { times[step] += other.times[step] }
    }

    /// The answer; nil if there are more times than may be kept.
    package func report(at moment: Timestamp) -> FunnelReport? {
        guard timesKept <= Self.mostTimes else { return nil }
        let steps = zip(visitors, times).map { FunnelReport.Step(visitors: $0, times: StepTimes(of: $1)) }
        return FunnelReport(steps: steps, coverage: coverage, moment: moment)
    }
}

extension StepTimes {
    /// Takes the median and the mean; nil without times.
    init?(of times: [Int]) {
        guard !times.isEmpty else { return nil }
        let upper = times.value(atRank: times.count / 2)
        let lower = times.count.isMultiple(of: 2) ? times.value(atRank: times.count / 2 - 1) : upper
        let sum = times.reduce(0, +)
        self.init(median: (lower + upper).rounded(dividedBy: 2), average: sum.rounded(dividedBy: times.count))
    }
}

extension Int {
    /// The quotient of numbers that are not negative; halves are rounded to the even neighbour.
    fileprivate func rounded(dividedBy divisor: Int) -> Int {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        let isUp = rest * 2 == divisor ? !quotient.isMultiple(of: 2) : rest * 2 > divisor
        return quotient + (isUp ? 1 : 0)
    }
}
