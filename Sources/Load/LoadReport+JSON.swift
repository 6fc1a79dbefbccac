import FoundationEssentials

extension LoadReport {
    /// The report as a JSON object in one line.
    package var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(Document(self)), as: UTF8.self)
        }
    }
}

/// The members of a report; those without a value are left out.
private struct Document: Encodable {
    struct Day: Encodable {
        /// The date (UTC), such as `2026-01-31`.
        let date: String
        let counts: PageCounts
    }

    struct SiteCounts: Encodable {
        let site: String?
        let events: Int
        let counts: PageCounts?
        let days: [Day]?
    }

    let requests: Int
    let events: Int
    let seconds: Double
    let acknowledged: Int
    let refused: Int
    let rejected: Int
    let doubtful: Int
    let overdue: Int
    let errors: Int
    let timeouts: Int
    /// Quantiles of the time to an answer.
    let milliseconds: [String: Double]
    let checks: Int?
    let unsettled: Int?
    let counts: PageCounts?
    let sites: [SiteCounts]

    init(_ report: LoadReport) {
        let (statistics, isPages) = (report.statistics, !report.pages.isEmpty)
        requests = statistics.requests
        events = statistics.events
        seconds = statistics.seconds
        acknowledged = statistics.allAcknowledged
        refused = statistics.refused
        rejected = statistics.rejected
        doubtful = statistics.doubtful
        overdue = statistics.overdue
        errors = statistics.connectionErrors
        timeouts = statistics.timeouts
        milliseconds = ["p50": 0.5, "p95": 0.95, "p99": 0.99].mapValues { share in
            Double(statistics.latencies.quantile(share)) / 1e6
        }
        checks = isPages ? nil : report.liveChecks + report.finalChecks
        unsettled = isPages ? report.unsettledHits : nil
        counts = report.pageCounts
        sites = report.sites.indices.map { index in
            let pages = isPages ? report.pages[index] : nil
            return SiteCounts(
                site: report.sites[index].name,
                events: statistics.acknowledged[index],
                counts: pages?.total,
                days: pages.map { Self.days($0) }
            )
        }
    }

    private static func days(_ pages: SitePageCounts) -> [Day] {
        pages.days.sorted { $0.key < $1.key }.map { day, counts in
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            return Day(date: date.formatted(.iso8601.year().month().day()), counts: counts)
        }
    }
}
