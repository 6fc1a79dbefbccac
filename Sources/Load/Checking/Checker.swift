import NIOCore

/// Compares the server's counts with those of the events sent.
struct Checker: Sendable {
    private static let connections = 4
    private static let attempts = 6

    private let plan: Plan
    private let inquirer: Inquirer
    private let traffic: NIOLoopBound<Traffic>
    /// The server's counts before the run, to be added to those of the run: no other run has the same users.
    private let baseline: [Counts]

    /// Requests the baseline.
    init(_ plan: Plan, inquirer: Inquirer, traffic: NIOLoopBound<Traffic>) async throws {
        self.plan = plan
        self.inquirer = inquirer
        self.traffic = traffic
        baseline = try await Self.answers(plan, inquirer)
    }

    /// Queries random instants until cancelled.
    ///
    /// Each answer must include every event acknowledged before the query, and no event sent after the answer. Failed
    /// queries are repeated and not counted.
    ///
    /// - Returns: The number of correct answers.
    /// - Throws: `LoadError.different` for a wrong answer.
    func keepAsking() async throws -> Int {
        var passed = 0
        while !plan.instants.timestamps.isEmpty, !Task.isCancelled {
            do {
                try await inquirer.converse { conversation in
                    while !Task.isCancelled {
                        try await askOne(&conversation)
                        passed += 1
                        try await Task.sleep(for: pause)
                    }
                }
            } catch let error as LoadError {
                throw error
            } catch {
                // The senders count connection errors, and later answers are checked all the same. A cancelled sleep needs
                // no handling: the loop's condition ends it.
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
        return passed
    }

    /// Queries every instant once all requests are answered; returns the number of answers, and throws for a wrong one.
    func verify() async throws -> Int {
        let answers = try await Self.answers(plan, inquirer)
        for (instant, answered) in answers.enumerated() {
            let (lowest, highest) = try await traffic.with {
                ($0.ledger.lowest(at: instant), $0.highest(at: instant))
            }
            try compare(instant, answered, lowest: lowest, highest: highest, isFinal: true)
        }
        return answers.count
    }

    /// The pause between queries, since counting takes time from the senders: about 10 ms for 10 000 000 users.
    private var pause: Duration {
        .milliseconds(max(10, plan.options.users / 10_000))
    }

    private func askOne(_ conversation: inout Conversation) async throws {
        let instant = Int.random(in: plan.instants.timestamps.indices)
        let lowest = try await traffic.with { $0.ledger.lowest(at: instant) }
        let answered = try await conversation.ask(plan.instants.timestamps[instant])
        let highest = try await traffic.with { $0.highest(at: instant) }
        try compare(instant, answered, lowest: lowest, highest: highest, isFinal: false)
    }

    private func compare(
        _ instant: Int,
        _ answered: Counts,
        lowest: Counts,
        highest: Counts,
        isFinal: Bool
    ) throws(LoadError) {
        let (lowest, highest) = (baseline[instant] + lowest, baseline[instant] + highest)
        if answered.isBetween(lowest, and: highest) { return }
        let timestamp = plan.instants.timestamps[instant]
        let difference = Difference(
            timestamp: timestamp,
            answered: answered,
            lowest: lowest,
            highest: highest,
            isFinal: isFinal,
            url: plan.target.url(asking: timestamp)
        )
        throw .different(difference)
    }
}

extension Checker {
    /// The server's counts for all instants.
    private static func answers(_ plan: Plan, _ inquirer: Inquirer) async throws -> [Counts] {
        let timestamps = plan.instants.timestamps
        return try await withThrowingTaskGroup(of: [(Int, Counts)].self) { group in
            for first in 0..<connections {
                let mine = Array(stride(from: first, to: timestamps.count, by: connections))
                group.addTask {
                    let answers = try await retrying(timestamps: mine.map { timestamps[$0] }, inquirer)
                    return Array(zip(mine, answers))
                }
            }
            var answers = [Counts](repeating: Counts(), count: timestamps.count)
            for try await part in group {
                for (index, counts) in part { answers[index] = counts }
            }
            return answers
        }
    }

    /// Queries one instant after the other; retries transient failures.
    private static func retrying(timestamps: [Int], _ inquirer: Inquirer) async throws -> [Counts] {
        var answers: [Counts] = []
        var failures = 0
        while answers.count < timestamps.count {
            do {
                try await inquirer.converse { conversation in
                    while answers.count < timestamps.count {
                        answers.append(try await conversation.ask(timestamps[answers.count]))
                        failures = 0
                    }
                }
            } catch let failure as Inquirer.Failure {
                failures += 1
                guard failure.isTransient, failures < attempts else {
                    let url = inquirer.target.url(asking: timestamps[answers.count])
                    throw LoadError.unanswered(url: url, reason: failure.reason)
                }
                try await Task.sleep(for: .milliseconds(100 << failures))
            }
        }
        return answers
    }
}
