extension Inquirer {
    private typealias Moment = (timestamp: Int, site: Site)

    private static let connections = 4
    private static let attempts = 6

    /// Asks each named site once, so that no run begins with a site that the server does not know.
    ///
    /// - Throws: `LoadError.unknownSite` with the first such site.
    func findSites(of plan: Plan) async throws {
        let named = plan.sites.filter { $0 != .standard }
        _ = try await retrying(named.map { (plan.start + plan.last, $0) })
    }

    /// The server's counts for all questions of a plan.
    func answers(_ plan: Plan) async throws -> [Question: Counts] {
        let questions = plan.questions
        return try await withThrowingTaskGroup(of: [(Question, Counts)].self) { group in
            for first in 0..<Self.connections {
                let mine = stride(from: first, to: questions.count, by: Self.connections).map { questions[$0] }
                group.addTask {
                    let moments = mine.map { (plan.instants.timestamps[$0.instant], plan.sites[$0.site]) }
                    return Array(zip(mine, try await retrying(moments)))
                }
            }
            return try await group.reduce(into: [:]) { answers, part in
                for (question, counts) in part { answers[question] = counts }
            }
        }
    }

    /// Queries one moment after the other; retries transient failures.
    private func retrying(_ moments: [Moment]) async throws -> [Counts] {
        var answers: [Counts] = []
        var failures = 0
        while answers.count < moments.count {
            do {
                try await converse { conversation in
                    while answers.count < moments.count {
                        let moment = moments[answers.count]
                        answers.append(try await conversation.ask(moment.timestamp, of: moment.site))
                        failures = 0
                    }
                }
            } catch let failure as Failure {
                failures += 1
                guard failure.isTransient, failures < Self.attempts else {
                    throw LoadError(failure, asking: moments[answers.count], target)
                }
                try await Task.sleep(for: .milliseconds(100 << failures))
            }
        }
        return answers
    }
}

extension LoadError {
    fileprivate init(_ failure: Inquirer.Failure, asking moment: (timestamp: Int, site: Site), _ target: Target) {
        let url = target.url(asking: moment.timestamp, of: moment.site)
        if failure.isNotFound, let name = moment.site.name {
            self = .unknownSite(name: name, url: url)
        } else {
            self = .unanswered(url: url, reason: failure.reason)
        }
    }
}
