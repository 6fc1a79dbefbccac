import Load
import Postgres

/// The same queries to the server and directly to the events, one after the other.
struct Questions: Sendable {
    /// The latencies of the server and of the direct query.
    struct Outcome: Sendable {
        let served: Histogram
        let direct: Histogram
        /// Descriptions of the differing answers.
        let differences: [String]
    }

    let hourglass: Hourglass
    /// The range of the queried hours' ends, in seconds since 1970.
    let instants: @Sendable () -> ClosedRange<Int>
    /// The number of queries to the server; the direct query is repeated less often.
    let count: Int
    let directCount: Int
    /// The longest time for each of the two.
    let limit: Duration
    /// True if no events are stored meanwhile, so that both must give the same answers.
    let isQuiet: Bool

    /// Sends queries until there are enough answers or the time is over.
    func ask(_ connection: Connection) async throws -> Outcome {
        var (served, direct) = (Histogram(), Histogram())
        var asked: [(instant: Int, counts: Counts)] = []
        var differences: [String] = []
        try await Inquirer(url: hourglass.process.url).converse { conversation in
            try await repeatedly(count, &served) { _ = try await conversation.ask($0) }
            try await repeatedly(directCount, &direct) { instant in
                asked.append((instant, try await connection.execute(DirectCount(instant: instant))[0]))
            }
            guard isQuiet else { return }
            for (instant, counts) in asked {
                let answer = try await conversation.ask(instant)
                if answer != counts { differences.append("at \(instant): answered \(answer), counted \(counts)") }
            }
        }
        return Outcome(served: served, direct: direct, differences: differences)
    }

    private func repeatedly(
        _ count: Int,
        _ histogram: inout Histogram,
        _ ask: (Int) async throws -> Void
    ) async throws {
        let end = ContinuousClock.now + limit
        for _ in 0..<count {
            let instant = Int.random(in: instants())
            let start = ContinuousClock.now
            try await ask(instant)
            let now = ContinuousClock.now
            histogram.record(nanoseconds: Int((now - start).inSeconds * 1e9))
            if now >= end { break }
        }
    }
}

extension Histogram {
    /// The quantiles for a table, in milliseconds, and the count.
    var values: [Metric: Double] {
        [
            .p50: Double(quantile(0.5)) / 1e6,
            .p95: Double(quantile(0.95)) / 1e6,
            .p99: Double(quantile(0.99)) / 1e6,
            .count: Double(count),
        ]
    }
}
