import NIOCore

/// Compares the server's counts with those of the events sent.
struct Checker: Sendable {
    private let plan: Plan
    private let inquirer: Inquirer
    private let work: NIOLoopBound<HourWorkload>
    /// The server's counts before the run, to be added to those of the run: no other run has the same users.
    private let baseline: [Question: Counts]

    /// Requests the baseline.
    init(_ plan: Plan, inquirer: Inquirer, work: NIOLoopBound<HourWorkload>) async throws {
        self.plan = plan
        self.inquirer = inquirer
        self.work = work
        baseline = try await inquirer.answers(plan)
    }

    /// Queries random sites at random instants until cancelled.
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

    /// Queries every instant of every site once all requests are answered; returns the number of answers, and throws for a wrong one.
    func verify() async throws -> Int {
        let answers = try await inquirer.answers(plan)
        for (question, answered) in answers {
            let (lowest, highest) = try await work.with { ($0.lowest(question), $0.highest(question)) }
            try compare(question, answered, lowest: lowest, highest: highest, isFinal: true)
        }
        return answers.count
    }

    /// The pause between queries, since counting takes time from the senders: about 10 ms for 10 000 000 users.
    private var pause: Duration {
        .milliseconds(max(10, plan.options.users / 10_000))
    }

    private func askOne(_ conversation: inout Conversation) async throws {
        let question = Question(
            site: Int.random(in: plan.sites.indices),
            instant: Int.random(in: plan.instants.timestamps.indices)
        )
        let lowest = try await work.with { $0.lowest(question) }
        let answered = try await conversation.ask(
            plan.instants.timestamps[question.instant],
            of: plan.sites[question.site]
        )
        let highest = try await work.with { $0.highest(question) }
        try compare(question, answered, lowest: lowest, highest: highest, isFinal: false)
    }

    private func compare(
        _ question: Question,
        _ answered: Counts,
        lowest: Counts,
        highest: Counts,
        isFinal: Bool
    ) throws(LoadError) {
        let before = baseline[question] ?? Counts()
        let (lowest, highest) = (before + lowest, before + highest)
        if answered.isBetween(lowest, and: highest) { return }
        let difference = Difference(
            timestamp: plan.instants.timestamps[question.instant],
            site: plan.sites[question.site],
            answered: answered,
            lowest: lowest,
            highest: highest,
            isFinal: isFinal,
            url: plan.url(of: question)
        )
        throw .different(difference)
    }
}
