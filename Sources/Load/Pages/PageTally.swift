/// Counts visitors, visits, page views and bounces from the runs of visitors.
struct PageTally {
    private(set) var total = PageCounts()
    /// By the number of the day, counted from the first.
    private(set) var days: [Int: PageCounts] = [:]

    /// Adds one visitor, who has other runs in no other call.
    mutating func add(_ visitor: VisitorRuns) {
        let runs = visitor.runs
        var seen: Int?
        var visit: (day: Int, pageviews: UInt32, isInteractive: Bool)?
        for (index, run) in runs.enumerated() {
            if index > 0, !continues(runs, index), let ended = visit.take() { close(ended) }
            days[run.day, default: PageCounts()].pageviews += Int(run.pageviews)
            total.pageviews += Int(run.pageviews)
            guard run.isCounted else { continue }
            if seen != run.day { days[run.day, default: PageCounts()].visitors += 1 }
            seen = run.day
            visit = visit ?? (run.day, 0, false)
            visit?.pageviews += run.pageviews
            if run.isInteractive { visit?.isInteractive = true }
        }
        if let visit { close(visit) }
        if seen != nil { total.visitors += 1 }
    }

    /// True if a run continues the visit of the one before it.
    ///
    /// No more than 30 minutes lie between them, and the hits of the one before have not followed each other without a
    /// longer gap since the midnight before or longer.
    private func continues(_ runs: [HitRun], _ index: Int) -> Bool {
        let (before, run) = (runs[index - 1], runs[index])
        guard run.day == before.day + 1, run.first - before.last <= VisitSource.gap else { return false }
        let isAlone = index == 1 || runs[index - 2].day != before.day
        let beganBefore = index > 1 && before.first - runs[index - 2].last <= VisitSource.gap
        return !(isAlone && (before.beginsAtMidnight || beganBefore))
    }

    private mutating func close(_ visit: (day: Int, pageviews: UInt32, isInteractive: Bool)) {
        var counts = PageCounts(visits: 1)
        if visit.pageviews < 2, !visit.isInteractive { counts.bounces = 1 }
        total += counts
        days[visit.day, default: PageCounts()] += counts
    }
}
