/// The results of a run.
package struct LoadReport: Sendable {
    let statistics: Statistics
    let sites: [Site]
    /// The number of correct answers while events were being sent.
    package let liveChecks: Int
    /// The number of correct answers after all requests were answered, the same for each site.
    package let finalChecks: Int
    /// The counts of page views that each site should report; empty in other modes.
    package let pages: [SitePageCounts]
    /// The hits that may or may not be stored: if there are any, `pages` may be wrong.
    package let unsettledHits: Int

    init(_ statistics: Statistics, sites: [Site], liveChecks: Int, finalChecks: Int) {
        self.statistics = statistics
        self.sites = sites
        self.liveChecks = liveChecks
        self.finalChecks = finalChecks
        pages = []
        unsettledHits = 0
    }

    init(_ statistics: Statistics, sites: [Site], pages: [SitePageCounts], unsettledHits: Int) {
        self.statistics = statistics
        self.sites = sites
        liveChecks = 0
        finalChecks = 0
        self.pages = pages
        self.unsettledHits = unsettledHits
    }

    package var requests: Int { statistics.requests }
    package var events: Int { statistics.events }
    package var acknowledgedEvents: Int { statistics.allAcknowledged }
    package var seconds: Double { statistics.seconds }

    /// A quantile of the time from a request to its answer, in milliseconds.
    package func milliseconds(_ quantile: Double) -> Double {
        Double(statistics.latencies.quantile(quantile)) / 1e6
    }

    /// The counts of page views of all sites together; nil in other modes.
    package var pageCounts: PageCounts? {
        pages.isEmpty ? nil : pages.reduce(into: PageCounts()) { $0 += $1.total }
    }

    /// The report as a table of two columns, one line per number.
    package var table: String {
        let rows = counted + timed + answered + failed + (pages.isEmpty ? named + checked : viewed)
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value
        }.joined(separator: "\n")
    }

    private var counted: [(String, String)] {
        let answers = statistics.answers.reduce(0, +)
        return [
            ("requests", "\(requests)"),
            ("events", "\(events)"),
            ("seconds", seconds.text(digits: 2)),
            ("requests/s", perSecond(answers)),
            ("events/s", perSecond(acknowledgedEvents)),
        ]
    }

    private var timed: [(String, String)] {
        [
            ("p50 ms", statistics.latencies.milliseconds(0.5)),
            ("p95 ms", statistics.latencies.milliseconds(0.95)),
            ("p99 ms", statistics.latencies.milliseconds(0.99)),
            ("max ms", (Double(statistics.latencies.max) / 1e6).text(digits: 3)),
        ]
    }

    private var answered: [(String, String)] {
        statistics.answers.enumerated().filter { $0.element > 0 }.map { ("answers \($0.offset)", "\($0.element)") }
    }

    private var failed: [(String, String)] {
        [
            ("events acknowledged", "\(acknowledgedEvents)"),
            ("events refused", "\(statistics.refused)"),
            ("events in doubt", "\(statistics.doubtful)"),
            ("requests never sent", "\(statistics.overdue)"),
            ("connection errors", "\(statistics.connectionErrors)"),
            ("timeouts", "\(statistics.timeouts)"),
        ]
    }

    /// The events of each site, if the run named any.
    private var named: [(String, String)] {
        zip(sites, statistics.acknowledged).compactMap { site, events in
            site.name.map {
                ("site \($0)", "\(events) events acknowledged, \(finalChecks / sites.count) checks at the end")
            }
        }
    }

    /// The checks, all of which passed: the first that fails ends the run.
    private var checked: [(String, String)] {
        [
            ("checks during the run", "\(liveChecks) made, \(liveChecks) passed"),
            ("checks at the end", "\(finalChecks) made, \(finalChecks) passed"),
        ]
    }

    func perSecond(_ count: Int) -> String {
        (Double(count) / max(seconds, 1e-9)).text(digits: 0)
    }
}
