import Synchronization
import Support
import Testing

@testable import Postgres

@Suite(.server, .timeLimit(.minutes(5)))
struct PoolOutageTests {
    @Test func refusesWhenTheServerIsUnreachable() async throws {
        let pool = Pool(url: "host=/nonexistent user=postgres", size: 2)
        for _ in 0..<5 {
            let refusal = try await #require(throws: Pool.Refusal.self) { try await pool.withConnection { _ in } }
            guard case .unreachable(let error) = refusal else {
                Issue.record(refusal)
                continue
            }
            #expect(error.state == .none)
            #expect(error.message.contains("/nonexistent"))
        }
    }

    @Test func doesNotRetryBeforeTheBackOff() async throws {
        try await withGate { pool, gate in
            let start = ContinuousClock.now
            for _ in 0..<300 { #expect(await pool.refusal() == "unreachable") }
            let attempts = try #require(try await gate.execute(Attempts()).first)
            // The first attempt, then one after 50 ms, another after 100 ms more, and so on.
            let allowed = 1 + Int(start.duration(to: .now) / .milliseconds(50))
            #expect((1...allowed).contains(attempts))
        }
    }

    @Test func connectsAgainWhenTheServerIsBack() async throws {
        try await withGate { pool, gate in
            for _ in 0..<3 { #expect(await pool.refusal() == "unreachable") }
            try await gate.run("CREATE TABLE gate ()")
            try await eventually { await pool.refusal() == nil }
            #expect(try await pool.withConnection { try await $0.execute(One()) } == [1])
        }
    }

    @Test func replacesAConnectionThatBroke() async throws {
        try await withGate { pool, gate in
            try await gate.run("CREATE TABLE gate ()")
            let backend = try await pool.withConnection { try await Backend(of: $0) }
            let error = try await #require(throws: PostgresError.self) {
                try await pool.withConnection { connection in
                    try await backend.terminate(by: gate)
                    _ = try await connection.execute(One())
                }
            }
            #expect(error.state.isConnectionLoss)
            #expect(try await pool.withConnection { try await Backend(of: $0) } != backend)
        }
    }

    /// No statement has been sent over it, so the outcome of none is unknown.
    @Test func lendsNoConnectionThatEndedWhileItWasIdle() async throws {
        try await withGate(size: 3) { pool, gate in
            try await gate.run("CREATE TABLE gate ()")
            for _ in 0..<5 {
                let backend = try await pool.withConnection { try await Backend(of: $0) }
                try await backend.terminate(by: gate)
                #expect(try await pool.withConnection { try await $0.execute(One()) } == [1])
            }
            let backend = try await pool.withConnection { try await Backend(of: $0) }
            try await gate.run("DROP TABLE gate")
            try await backend.terminate(by: gate)
            #expect(await pool.refusal() == "unreachable")
        }
    }

    @Test func givesUpAServerThatDoesNotAnswer() async throws {
        try await withGate { pool, gate in
            try await gate.run("CREATE TABLE gate ()")
            try await withThrowingTaskGroup { group in
                let ended = Atomic(false)
                group.addTask {
                    defer { ended.store(true, ordering: .relaxed) }
                    let error = await #expect(throws: PostgresError.self) {
                        try await pool.withConnection { try await $0.execute(Sleep(milliseconds: 600_000)) }
                    }
                    #expect(error?.state.isConnectionLoss == true)
                }
                try await eventually {
                    pool.endStalledCalls(after: .milliseconds(50))
                    return ended.load(ordering: .relaxed)
                }
                try await group.waitForAll()
            }
            pool.endStalledCalls(after: .zero)
            #expect(try await pool.withConnection { try await $0.execute(One()) } == [1])
        }
    }

    /// If one connection is lost, the others probably are too.
    @Test func replacesAllIdleConnectionsWhenOneBroke() async throws {
        try await withGate(size: 3) { pool, gate in
            try await gate.run("CREATE TABLE gate ()")
            let backends = try await pool.withConnection { first in
                try await pool.withConnection { second in
                    try await pool.withConnection { third in
                        try await [Backend(of: first), Backend(of: second), Backend(of: third)]
                    }
                }
            }
            for backend in backends { try await backend.terminate(by: gate) }
            // All three connections are available again, at the same time.
            try await pool.withConnection { first in
                try await pool.withConnection { second in
                    try await pool.withConnection { third in
                        for connection in [first, second, third] {
                            let backend = try await Backend(of: connection)
                            #expect(!backends.contains(backend))
                        }
                        #expect(await pool.refusal() == "exhausted")
                    }
                }
            }
        }
    }

    @Test func replacesABrokenConnectionForAWaiter() async throws {
        try await withGate(waiters: 5) { pool, gate in
            try await gate.run("CREATE TABLE gate ()")
            let waiters = try await pool.withConnection { connection in
                let backend = try await Backend(of: connection)
                let waiters = (0..<5).map { _ in Task.immediate { await pool.refusal() } }
                try await backend.terminate(by: gate)
                await #expect(throws: PostgresError.self) { try await connection.run("SELECT 1") }
                return waiters
            }
            for waiter in waiters { #expect(await waiter.cancellableValue == nil) }
        }
    }

    /// No caller keeps waiting for connections that cannot be opened again.
    @Test func refusesAllWaitersWhenTheServerGoesAway() async throws {
        try await withGate(waiters: 5) { pool, gate in
            try await gate.run("CREATE TABLE gate ()")
            let waiters = try await pool.withConnection { connection in
                let backend = try await Backend(of: connection)
                let waiters = (0..<5).map { _ in Task.immediate { await pool.refusal() } }
                try await gate.run("DROP TABLE gate")
                try await backend.terminate(by: gate)
                await #expect(throws: PostgresError.self) { try await connection.run("SELECT 1") }
                return waiters
            }
            for waiter in waiters { #expect(await waiter.cancellableValue == "unreachable") }
        }
    }

    /// Lends a pool that can connect while the table `gate` exists; the script `gate` may create it.
    private func withGate(
        size: Int = 1,
        waiters: Int = 0,
        _ body: (_ pool: Pool, _ gate: Connection) async throws -> Void
    ) async throws {
        try await TestServer.withSchema("CREATE SEQUENCE attempt") { gate, setup in
            // A sequence also counts attempts that fail.
            let setup = "\(setup) SELECT nextval('attempt'); SELECT FROM gate"
            let pool = Pool(url: try TestServer.url(), setup: setup, size: size, waiters: waiters)
            try await body(pool, gate)
            pool.close()
        }
    }
}

extension Task where Failure == Never {
    /// The value of the task, which is cancelled with the waiting task.
    fileprivate var cancellableValue: Success {
        get async {
            await withTaskCancellationHandler {
                await value
            } onCancel: {
                cancel()
            }
        }
    }
}

/// The number of attempts to connect.
private struct Attempts: Statement {
    typealias Row = Int
    static let sql = "SELECT last_value FROM attempt"
    let parameters = Parameters()
}
