import Dispatch
import Testing

@testable import Postgres

@Suite(.server, .timeLimit(.minutes(5)))
struct CancellationTests {
    @Test func stopsTheStatementInTheServer() async throws {
        try await TestServer.withConnection { connection in
            let backend = try await Backend(of: connection)
            let start = ContinuousClock.now
            let error = try await cancelledStatement(on: connection)
            #expect(error.state == .queryCanceled)
            #expect(start.duration(to: .now) < .seconds(60))
            #expect(await connection.isUsable)
            #expect(try await Backend(of: connection) == backend)
        }
    }

    @Test func sendsNothingWhenItPrecedesTheStatement() async throws {
        try await TestServer.withConnection(setup: "CREATE TEMP SEQUENCE item") { connection in
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return try await connection.execute(Next())
            }
            task.cancel()
            try await #require(throws: CancellationError.self) { try await task.value }
            #expect(try await connection.execute(Next()) == [1])
        }
    }

    /// The server ignores a cancellation that arrives before the statement, so it must be sent again.
    @Test func stopsTheStatementWhenItArrivesFirst() async throws {
        try await TestServer.withConnection { connection in
            let (asked, continuation) = AsyncStream.makeStream(of: Void.self)
            let statement = Held(asked: continuation, milliseconds: 3_000)
            let task = Task { try await connection.execute(statement) }
            var questions = asked.makeAsyncIterator()
            await questions.next()
            task.cancel()
            // One thread sends all cancellations in order: once this one has arrived, so has the previous one.
            _ = try await TestServer.withConnection { try await cancelledStatement(on: $0) }
            statement.sending.signal()
            let error = try await #require(throws: PostgresError.self) { try await task.value }
            #expect(error.state == .queryCanceled)
            #expect(await connection.isUsable)
        }
    }

    @Test func doesNotStopTheNextStatementWhenItArrivesLate() async throws {
        try await TestServer.withConnection { connection in
            for round in 0..<200 {
                let task = Task { try await connection.execute(Sleep(milliseconds: 1)) }
                // Cancels at a different moment in each round, before and after the end of the statement.
                for _ in 0..<(round * 5) { await Task.yield() }
                task.cancel()
                _ = await task.result
                // Long enough for a delayed cancellation to hit this statement.
                if round.isMultiple(of: 2) {
                    _ = try await connection.execute(Sleep(milliseconds: 4))
                } else {
                    try await connection.run("SELECT pg_sleep(0.004)")
                }
            }
        }
    }

    @Test func isDroppedWhenTheStatementEndsBeforeItIsSent() async throws {
        let others = try await withThrowingTaskGroup { group in
            for _ in 0..<10 { group.addTask { try await Connection.open(TestServer.url()) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try await TestServer.withConnection { connection in
            let (asked, continuation) = AsyncStream.makeStream(of: Void.self)
            let statement = Held(asked: continuation, milliseconds: 0)
            let task = Task { try await connection.execute(statement) }
            var questions = asked.makeAsyncIterator()
            await questions.next()
            var sleepers: [Task<[Int], any Error>] = []
            for other in others {
                let backend = try await Backend(of: other)
                sleepers.append(Task { try await other.execute(Sleep(milliseconds: 50_000)) })
                try await TestServer.withConnection { try await backend.sleeps(asking: $0) }
            }
            // The single thread that sends cancellations is busy with these first.
            for sleeper in sleepers { sleeper.cancel() }
            task.cancel()
            statement.sending.signal()
            _ = await task.result
            try await connection.run("SELECT pg_sleep(0.5)")
        }
    }

    @Test func leavesOtherConnectionsAlone() async throws {
        try await TestServer.withConnection { connection in
            try await TestServer.withConnection { other in
                let backends = try await (Backend(of: connection), Backend(of: other))
                let task = Task { try await connection.execute(Sleep(milliseconds: 50_000)) }
                let spared = Task { try await other.execute(Sleep(milliseconds: 20_000)) }
                try await TestServer.withConnection { observer in
                    try await backends.0.sleeps(asking: observer)
                    try await backends.1.sleeps(asking: observer)
                }
                task.cancel()
                await #expect(throws: PostgresError.self) { try await task.value }
                #expect(try await spared.value == [1])
            }
        }
    }

    @Test func stopsManyAtOnce() async throws {
        let ended = try await withThrowingTaskGroup { group in
            for _ in 0..<10 {
                group.addTask {
                    try await TestServer.withConnection { try await cancelledStatement(on: $0).state }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ended == Array(repeating: .queryCanceled, count: 10))
    }
}

/// The error of a long statement that is cancelled while it runs.
private func cancelledStatement(on connection: Connection) async throws -> PostgresError {
    let backend = try await Backend(of: connection)
    let task = Task { try await connection.execute(Sleep(milliseconds: 50_000)) }
    try await TestServer.withConnection { try await backend.sleeps(asking: $0) }
    task.cancel()
    return try await #require(throws: PostgresError.self) { try await task.value }
}

private struct Next: Statement {
    typealias Row = Int
    static let sql = "SELECT nextval('item')"
    let parameters = Parameters()
}

/// A statement that signals when its parameters are requested, and supplies them when the test says so.
private struct Held: Statement {
    typealias Row = Int
    static let sql = "SELECT 1 FROM pg_sleep($1::bigint / 1000.0)"
    let asked: AsyncStream<Void>.Continuation
    let milliseconds: Int
    let sending = DispatchSemaphore(value: 0)

    var parameters: Parameters {
        asked.yield()
        sending.wait()
        return Parameters(milliseconds)
    }
}
