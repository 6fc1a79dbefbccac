import Testing

@testable import Postgres

/// Callers that arrive while all connections are lent.
///
/// `Task.immediate` runs the task until it suspends, so it is waiting when the next line runs.
@Suite(.server, .timeLimit(.minutes(5)))
struct PoolWaiterTests {
    @Test func isServedInOrder() async throws {
        let pool = Pool(url: try TestServer.url(), setup: "CREATE TEMP SEQUENCE ticket", size: 1)
        let waiters = try await pool.withConnection { _ in
            (1...50).map { _ in Task.immediate { try await pool.withConnection { try await $0.execute(Ticket()) } } }
        }
        #expect(try await values(of: waiters) == (1...50).map { [$0] })
        pool.close()
    }

    @Test(arguments: [0, 1, 3])
    func isRefusedWhenTooManyWait(limit: Int) async throws {
        let pool = Pool(url: try TestServer.url(), size: 1, waiters: limit)
        let waiters = try await pool.withConnection { _ in
            let waiters = (0..<limit).map { number in
                Task.immediate { try await pool.withConnection { _ in number } }
            }
            for _ in 0..<3 { #expect(await pool.refusal() == "exhausted") }
            return waiters
        }
        #expect(try await values(of: waiters) == Array(0..<limit))
        #expect(await pool.refusal() == nil)
        pool.close()
    }

    @Test func leavesItsPlaceWhenItIsCancelled() async throws {
        let pool = Pool(url: try TestServer.url(), size: 1, waiters: 2)
        let served = try await pool.withConnection { _ in
            let first = Task.immediate { try await pool.withConnection { _ in 1 } }
            let second = Task.immediate { try await pool.withConnection { _ in 2 } }
            #expect(await pool.refusal() == "exhausted")
            first.cancel()
            try await #require(throws: CancellationError.self) { try await values(of: [first]) }
            let third = Task.immediate { try await pool.withConnection { _ in 3 } }
            #expect(await pool.refusal() == "exhausted")
            return [second, third]
        }
        #expect(try await values(of: served) == [2, 3])
        #expect(await pool.refusal() == nil)
        pool.close()
    }

    @Test func doesNotWaitWhenItWasCancelledBefore() async throws {
        let pool = Pool(url: try TestServer.url(), size: 1, waiters: 1)
        try await pool.withConnection { _ in
            let waiter = Task {
                while !Task.isCancelled { await Task.yield() }
                try await pool.withConnection { _ in }
            }
            waiter.cancel()
            try await #require(throws: CancellationError.self) { try await values(of: [waiter]) }
        }
        #expect(await pool.refusal() == nil)
        pool.close()
    }

    @Test func isRefusedWhenThePoolCloses() async throws {
        let pool = Pool(url: try TestServer.url(), size: 1)
        try await pool.withConnection { connection in
            let waiters = (0..<5).map { _ in Task.immediate { await pool.refusal() } }
            pool.close()
            for waiter in waiters { #expect(await waiter.value == "closed") }
            // A connection that is already lent stays usable.
            try await connection.run("SELECT 1")
        }
    }

    /// A connection may be returned before, while or after a caller begins to wait.
    @Test func isAlwaysServed() async throws {
        let pool = Pool(url: try TestServer.url(), size: 1)
        for _ in 0..<20_000 {
            try await withThrowingTaskGroup { group in
                for _ in 0..<2 { group.addTask { try await pool.withConnection { _ in } } }
                try await group.waitForAll()
            }
        }
        pool.close()
    }

    @Test func mayArriveAndLeaveAtAnyTime() async throws {
        let pool = Pool(url: try TestServer.url(), size: 2, waiters: 10)
        let ends = await withTaskGroup { group in
            for number in 0..<500 {
                group.addTask {
                    let task = Task { try await pool.withConnection { try await $0.execute(One()) } }
                    for _ in 0..<number { await Task.yield() }
                    if number.isMultiple(of: 2) { task.cancel() }
                    return await task.result
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ends.count == 500)
        // In any case both connections are available again.
        try await pool.withConnection { first in
            try await pool.withConnection { second in
                for connection in [first, second] { try await connection.run("SELECT 1") }
                let waiter = Task.immediate { await pool.refusal() }
                waiter.cancel()
                #expect(await waiter.value == "CancellationError()")
            }
        }
        pool.close()
    }

    /// The results of the tasks, which are cancelled with the test, at its time limit.
    private func values<Value: Sendable>(of tasks: [Task<Value, any Error>]) async throws -> [Value] {
        try await withTaskCancellationHandler {
            var values: [Value] = []
            for task in tasks { values.append(try await task.value) }
            return values
        } onCancel: {
            for task in tasks { task.cancel() }
        }
    }
}

private struct Ticket: Statement {
    typealias Row = Int
    static let sql = "SELECT nextval('ticket')"
    let parameters = Parameters()
}
