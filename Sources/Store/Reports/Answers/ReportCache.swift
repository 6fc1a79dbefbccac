import Analytics
import Synchronization

/// Answers about parts, kept for the same questions about the same parts; at most some of them, and some bytes.
final class ReportCache: Sendable {
    private let state: Mutex<RecentValues<AskedQuery, (report: Report, edition: Int)>>
    private let hitCount = Atomic(0)

    /// - Parameters:
    ///   - limit: The most memory, in bytes.
    ///   - mostReports: The most answers.
    init(limit: Int = 16 << 20, mostReports: Int = 1_000) {
        state = Mutex(RecentValues(limit: limit, most: mostReports))
    }

    /// The number of answers that were there already.
    var hits: Int { hitCount.load(ordering: .relaxed) }
    /// The memory that the answers take, in bytes.
    var bytes: Int { state.withLock { $0.bytes } }

    /// The answer to a query about an edition of the parts; nil if it is not kept.
    func report(_ query: AskedQuery, edition: Int) -> Report? {
        let known = state.withLock { $0.use(query) }
        let report = known.flatMap { $0.edition == edition ? $0.report : nil }
        if report != nil { hitCount.add(1, ordering: .relaxed) }
        return report
    }

    /// Keeps an answer, instead of those that have not been asked for the longest.
    ///
    /// - Parameters:
    ///   - report: The answer.
    ///   - query: The query.
    ///   - edition: The edition of the parts.
    func keep(_ report: Report, to query: AskedQuery, edition: Int) {
        guard query.dependsOnPartsAlone else { return }
        state.withLock { $0.keep((report, edition), of: query, bytes: query.bytes + report.bytes) }
    }
}

extension Report {
    /// The memory that it takes, in bytes; about, since values may have texts of their own.
    fileprivate var bytes: Int {
        let texts = (labels ?? []) + rows.flatMap(\.dimensions)
        let money = rows.lazy.flatMap(\.values).reduce(0) { sum, value in
            if case .amounts(let amounts) = value { sum + amounts.count * 48 } else { sum }
        }
        return texts.reduce(256) { $0 + $1.utf8.count + 32 } + rows.count * 64
            + rows.reduce(0) { $0 + $1.values.count * 40 } + money
    }
}
