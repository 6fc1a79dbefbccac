import NIOCore

/// Compares the server's counts with those of the run.
struct Checker: Sendable {
    private static let connections = 4
    private static let attempts = 6

    private let plan: Plan
    private let inquirer: Inquirer
    private let traffic: NIOLoopBound<Traffic>
    /// What the server counted before the run, to which everything is added: no other run has the same users.
    private let baseline: [Counts]

    /// Asks for the baseline.
    init(_ plan: Plan, inquirer: Inquirer, traffic: NIOLoopBound<Traffic>) async throws {
        self.plan = plan
        self.inquirer = inquirer
        self.traffic = traffic
        baseline = try await Self.answers(plan, inquirer)
    }

    /// Asks for random instants until cancelled: what was acknowledged before a question must be in its answer, and
    /// nothing that was not sent before its answer.
    ///
    /// Returns how many answers were right. Questions that were not answered are asked again, and not counted.
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
                // The senders count the errors of a server that is away; what it answers later shows the rest.
                // Being cancelled while asleep needs no more than to look at the loop's condition.
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
        return passed
    }

    /// Asks for every instant when everything is answered; returns how many answers were right, which is all.
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

    /// Adding up the windows of many users takes the senders' time: a check of 10 000 000 users, about 10 ms.
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
                    let answers = try await patiently(timestamps: mine.map { timestamps[$0] }, inquirer)
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

    /// Asks one after the other, and again where that may help.
    private static func patiently(timestamps: [Int], _ inquirer: Inquirer) async throws -> [Counts] {
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
