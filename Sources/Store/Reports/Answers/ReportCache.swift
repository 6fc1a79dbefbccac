import Analytics
import Synchronization

/// Answers about parts, kept for the same questions about the same parts; at most some of them, and some bytes.
final class ReportCache: Sendable {
    private struct Entry {
        let report: Report
        /// The edition of the parts.
        let edition: Int
        let bytes: Int
        var use: Int
    }

    private struct State {
        var entries: [AskedQuery: Entry] = [:]
        var bytes = 0
        var uses = 0

        mutating func remove(_ query: AskedQuery) {
            bytes -= entries.removeValue(forKey: query)?.bytes ?? 0
        }
    }

    private let limit: Int
    private let mostReports: Int
    private let state = Mutex(State())
    private let hitCount = Atomic(0)

    /// - Parameters:
    ///   - limit: The most memory, in bytes.
    ///   - mostReports: The most answers.
    init(limit: Int = 16 << 20, mostReports: Int = 1_000) {
        self.limit = limit
        self.mostReports = mostReports
    }

    /// The number of answers that were there already.
    var hits: Int { hitCount.load(ordering: .relaxed) }
    /// The memory that the answers take, in bytes.
    var bytes: Int { state.withLock { $0.bytes } }

    /// The answer to a query about an edition of the parts; nil if it is not kept.
    func report(_ query: AskedQuery, edition: Int) -> Report? {
        let report: Report? = state.withLock { state in
            guard let entry = state.entries[query], entry.edition == edition else { return nil }
            state.uses += 1
            state.entries[query]?.use = state.uses
            return entry.report
        }
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
        let bytes = query.bytes + report.bytes
        state.withLock { state in
            state.remove(query)
            // A large one would take the place of too many others.
            guard bytes <= limit / 8 else { return }
            state.uses += 1
            state.entries[query] = Entry(report: report, edition: edition, bytes: bytes, use: state.uses)
            state.bytes += bytes
            while state.bytes > limit || state.entries.count > mostReports {
                guard let oldest = state.entries.min(by: { $0.value.use < $1.value.use }) else { return }
                state.remove(oldest.key)
            }
        }
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
