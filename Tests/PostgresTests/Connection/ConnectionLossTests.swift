import Dispatch
import Testing

@testable import Postgres

@Suite(.server, .timeLimit(.minutes(5)))
struct ConnectionLossTests {
    @Test func isNoticedDuringAStatement() async throws {
        try await withVictim { connection, backend, killer in
            let task = Task { try await connection.execute(Sleep(milliseconds: 50_000)) }
            try await backend.sleeps(asking: killer)
            try await backend.terminate(by: killer)
            let error = try await #require(throws: PostgresError.self) { try await task.value }
            #expect(error.state.isConnectionLoss)
        }
    }

    @Test func isNoticedDuringAScript() async throws {
        try await withVictim { connection, backend, killer in
            let error = try await #require(throws: PostgresError.self) {
                try await connection.run("SELECT 1; SELECT pg_terminate_backend(pg_backend_pid()); SELECT 2")
            }
            #expect(error.state.isConnectionLoss)
        }
    }

    @Test func isNoticedByTheNextStatement() async throws {
        try await withVictim { connection, backend, killer in
            try await backend.terminate(by: killer)
            let error = try await #require(throws: PostgresError.self) { try await connection.execute(One()) }
            #expect(error.state.isConnectionLoss)
        }
    }

    @Test func isNoticedByTheNextScript() async throws {
        try await withVictim { connection, backend, killer in
            try await backend.terminate(by: killer)
            let error = try await #require(throws: PostgresError.self) {
                try await connection.run("SELECT 1; SELECT 2")
            }
            #expect(error.state.isConnectionLoss)
        }
    }

    @Test func isNoticedByTheNextCopy() async throws {
        try await withVictim { connection, backend, killer in
            try await backend.terminate(by: killer)
            let error = try await #require(throws: PostgresError.self) {
                try await connection.copy(into: "item", columns: ["id"]) { _, _ in Issue.record("there is no COPY") }
            }
            #expect(error.state.isConnectionLoss)
        }
    }

    /// libpq buffers rows after the kill without an error: the loss shows only in the last response.
    @Test(arguments: [0, 1, 100_000])
    func isNoticedInTheMiddleOfACopy(rowsAfter: Int) async throws {
        try await withVictim { connection, backend, killer in
            let error = try await #require(throws: PostgresError.self) {
                try await connection.copy(into: "item", columns: ["id"]) { _, writer in
                    for id in 0..<10_000 { try writer.row(id) }
                    blocking { try await backend.terminate(by: killer) }
                    for id in 0..<rowsAfter { try writer.row(id) }
                }
            }
            #expect(error.state.isConnectionLoss)
            #expect(try await killer.execute(Count()) == [0])
        }
    }

    @Test func doesNotHideTheErrorOfTheBodyOfACopy() async throws {
        try await withVictim { connection, backend, killer in
            try await #require(throws: Reason.self) {
                try await connection.copy(into: "item", columns: ["id"]) { _, writer in
                    try writer.row(1)
                    blocking { try await backend.terminate(by: killer) }
                    throw Reason()
                }
            }
        }
    }

    @Test func isTheErrorOfATransaction() async throws {
        try await withVictim { connection, backend, killer in
            let error = try await #require(throws: PostgresError.self) {
                try await connection.transaction { connection in
                    _ = try connection.perform(Insert(id: 1))
                    blocking { try await backend.terminate(by: killer) }
                    _ = try connection.perform(Insert(id: 2))
                }
            }
            #expect(error.state.isConnectionLoss)
            #expect(try await killer.execute(Count()) == [0])
        }
    }

    @Test func isTheErrorOfACommit() async throws {
        try await withVictim { connection, backend, killer in
            let error = try await #require(throws: PostgresError.self) {
                try await connection.transaction { connection in
                    _ = try connection.perform(Insert(id: 1))
                    blocking { try await backend.terminate(by: killer) }
                }
            }
            #expect(error.state.isConnectionLoss)
            #expect(try await killer.execute(Count()) == [0])
        }
    }

    /// The connection may still look usable, for example while the server shuts down.
    @Test(arguments: [
        ("53100", false), ("57P01", false), ("57P03", false), ("58030", false), ("XX000", false), ("08006", false),
        ("57014", true), ("40001", true), ("22012", true), ("P0001", true),
    ])
    func isImpliedBySomeErrors(state: String, isUsable: Bool) async throws {
        try await TestServer.withConnection { connection in
            let error = try await #require(throws: PostgresError.self) {
                try await connection.run("DO 'BEGIN RAISE EXCEPTION USING ERRCODE = ''\(state)''; END'")
            }
            #expect(error.state.rawValue == state)
            #expect(await connection.isUsable == isUsable)
        }
    }

    /// Lends a connection that `body` has to have killed, and expects it to be unusable afterwards.
    private func withVictim(
        _ body: (_ connection: Connection, _ backend: Backend, _ killer: Connection) async throws -> Void
    ) async throws {
        try await TestServer.withSchema("CREATE TABLE item (id bigint)") { killer, setup in
            try await TestServer.withConnection(setup: setup) { connection in
                try await body(connection, Backend(of: connection), killer)
                #expect(await !connection.isUsable)
                // It stays lost, and every call on it fails at once.
                for _ in 0..<3 {
                    let error = try await #require(throws: PostgresError.self) { try await connection.execute(One()) }
                    #expect(error.state.isConnectionLoss)
                    await #expect(throws: PostgresError.self) { try await connection.run("SELECT 1") }
                    #expect(await !connection.isUsable)
                }
            }
        }
    }
}

private struct Reason: Error {}

/// Blocks until an asynchronous task is done, which the body of a COPY may do on its own thread.
private func blocking(_ work: @escaping @Sendable () async throws -> Void) {
    let done = DispatchSemaphore(value: 0)
    Task {
        await #expect(throws: Never.self) { try await work() }
        done.signal()
    }
    done.wait()
}

private struct Insert: Statement {
    typealias Row = Void
    static let sql = "INSERT INTO item VALUES ($1)"
    let id: Int
    var parameters: Parameters { Parameters(id) }
}

private struct Count: Statement {
    typealias Row = Int
    static let sql = "SELECT count(*) FROM item"
    let parameters = Parameters()
}
