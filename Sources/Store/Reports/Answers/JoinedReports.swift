import Analytics
import Synchronization

/// The questions that are being answered, of which equal ones share an answer.
///
/// A question may join another one that has not begun to read: what had been stored before either is in the answer then.
/// Of those that come later one waits until the other is answered, and the rest join it.
final class JoinedReports: Sendable {
    private static let mostWaiting = 1_000

    private let state = Mutex(State())
    private let joinedCount = Atomic(0)

    /// The number of questions that wait for the answer to an equal one.
    var waiting: Int { state.withLock { $0.waiting } }
    /// True while a question is being answered.
    var isAnswering: Bool { state.withLock { !$0.lines.isEmpty } }
    /// The number of questions that got the answer to an equal one.
    var joined: Int { joinedCount.load(ordering: .relaxed) }

    /// Answers a query, or waits for the answer to an equal one.
    ///
    /// If the task that answers is cancelled, one of those that wait answers instead.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - answer: Answers it, and calls its argument before it begins to read.
    /// - Returns: The answer.
    /// - Throws: The error of `answer`, a `QueryError` if too many wait, or a `CancellationError`.
    func report(
        _ query: AskedQuery,
        _ answer: (_ begin: @escaping @Sendable () -> Void) async throws -> Report
    ) async throws -> Report {
        switch try await turn(of: query) {
        case .answered(let result):
            joinedCount.add(1, ordering: .relaxed)
            return try result.get()
        case .leads:
            do {
                let report = try await answer { self.state.withLock { $0.lines[query]?.mayBeJoined = false } }
                end(query, .success(report))
                return report
            } catch {
                end(query, Task.isCancelled ? nil : .failure(error))
                throw error
            }
        }
    }

    private func turn(of query: AskedQuery) async throws -> Turn {
        let id = state.withLock { $0.nextWaiter() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let turn: Result<Turn, any Error>? = state.withLock { state in
                    // Cancelled before it waits: the handler has run and found nothing.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    guard state.lines[query] != nil else {
                        state.lines[query] = Line()
                        return .success(.leads)
                    }
                    guard state.waiting < Self.mostWaiting else {
                        return .failure(QueryError.unavailable(reason: "too many equal questions wait"))
                    }
                    state.add((id, continuation), to: query)
                    return nil
                }
                if let turn { continuation.resume(with: turn) }
            }
        } onCancel: {
            state.withLock { $0.remove(id, from: query) }?.resume(throwing: CancellationError())
        }
    }

    /// Ends the turn of the question that was answered.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - result: What those get that have joined; nil if one of them has to answer.
    private func end(_ query: AskedQuery, _ result: Result<Report, any Error>?) {
        let (joined, leader) = state.withLock { $0.end(query, isAnswered: result != nil) }
        if let result {
            for waiter in joined { waiter.continuation.resume(returning: .answered(result)) }
        }
        leader?.continuation.resume(returning: .leads)
    }
}

extension JoinedReports {
    private enum Turn {
        case leads
        case answered(Result<Report, any Error>)
    }

    private typealias Waiter = (id: Int, continuation: CheckedContinuation<Turn, any Error>)

    /// The equal questions of which one is being answered.
    private struct Line {
        /// True until it begins to read.
        var mayBeJoined = true
        /// Those that get its answer.
        var joined: [Waiter] = []
        /// Those that need a later answer; the first will give it.
        var later: [Waiter] = []
    }

    private struct State {
        var lines: [AskedQuery: Line] = [:]
        private(set) var waiting = 0
        private var lastWaiter = 0

        mutating func nextWaiter() -> Int {
            lastWaiter += 1
            return lastWaiter
        }

        mutating func add(_ waiter: Waiter, to query: AskedQuery) {
            waiting += 1
            if lines[query]?.mayBeJoined == true {
                lines[query]?.joined.append(waiter)
            } else {
                lines[query]?.later.append(waiter)
            }
        }

        mutating func remove(_ id: Int, from query: AskedQuery) -> CheckedContinuation<Turn, any Error>? {
            let lists = [\Line.joined, \Line.later]
            for list in lists {
                guard let place = lines[query]?[keyPath: list].firstIndex(where: { $0.id == id }) else { continue }
                waiting -= 1
                return lines[query]?[keyPath: list].remove(at: place).continuation
            }
            return nil
        }

        /// Begins the next turn, if any question waits for one.
        ///
        /// - Parameters:
        ///   - query: The query.
        ///   - isAnswered: False if those that have joined still need an answer.
        /// - Returns: Those that get the answer, and the one that answers next.
        mutating func end(_ query: AskedQuery, isAnswered: Bool) -> (joined: [Waiter], leader: Waiter?) {
            guard let line = lines.removeValue(forKey: query) else { return ([], nil) }
            let (answered, others) = isAnswered ? (line.joined, line.later) : ([], line.joined + line.later)
            waiting -= answered.count
            guard let leader = others.first else { return (answered, nil) }
            waiting -= 1
            lines[query] = Line(joined: Array(others.dropFirst()))
            return (answered, leader)
        }
    }
}
