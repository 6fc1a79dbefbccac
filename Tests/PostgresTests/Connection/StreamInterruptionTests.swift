import Testing

@testable import Postgres

@Suite(.server, .timeLimit(.minutes(5)))
struct StreamInterruptionTests {
    /// The rows before the error are lent.
    @Test(arguments: [true, false])
    func failsWithTheErrorOfTheServer(isDropped: Bool) async throws {
        try await TestServer.withConnection { connection in
            let (counts, continuation) = AsyncStream.makeStream(of: Int.self)
            let query = PostgresQuery("SELECT 1 / (5 - i) FROM generate_series(1, 10) i")
            let error = try await #require(throws: PostgresError.self) {
                try await connection.stream(query, limit: .none) { stream in
                    do {
                        while try stream.next() != nil { continuation.yield(1) }
                    } catch {
                        #expect(throws: PostgresError.self) { _ = try stream.next() }
                        // Dropping the error must not make the rows before it look like all of them.
                        if !isDropped { throw error }
                    }
                }
            }
            #expect(error.state == "22012")
            continuation.finish()
            #expect(await counts.reduce(0, +) == 4)
            #expect(await connection.isUsable)
            #expect(try await connection.execute(One()) == [1])
        }
    }

    @Test func failsBeforeItsBodyWhenTheFirstRowDoes() async throws {
        try await TestServer.withConnection { connection in
            for sql in ["SELECT 1 / 0", "SELECT nonsense", "COPY (VALUES (1)) TO STDOUT"] {
                await #expect(throws: PostgresError.self) {
                    try await connection.stream(PostgresQuery(sql), limit: .none) { _ in Issue.record("no rows") }
                }
                #expect(await connection.isUsable)
            }
        }
    }

    @Test(arguments: [0, 1, 5_000])
    func failsWithTheErrorOfItsBody(count: Int) async throws {
        try await TestServer.withConnection { connection in
            let backend = try await Backend(of: connection)
            try await #require(throws: Reason.self) {
                try await connection.stream(.series(10_000_000), limit: .none) { stream in
                    try stream.skip(count)
                    throw Reason()
                }
            }
            #expect(await connection.isUsable)
            #expect(try await Backend(of: connection) == backend)
        }
    }

    @Test func refusesOtherCallsMeanwhile() async throws {
        try await TestServer.withConnection { connection in
            let count = try await connection.stream(.series(1_000), limit: .none) { stream in
                try stream.skip(1)
                let errors = [
                    try await #require(throws: PostgresError.self) { try await connection.execute(One()) },
                    try await #require(throws: PostgresError.self) { try await connection.run("SELECT 1") },
                    try await #require(throws: PostgresError.self) {
                        try await connection.stream(.series(1), limit: .none) { _ in }
                    },
                    try await #require(throws: PostgresError.self) {
                        try await connection.execute(.series(1)) { _ in 1 }
                    },
                ]
                #expect(errors.allSatisfy { $0.state == .objectInUse && !$0.state.isConnectionLoss })
                #expect(await !connection.isUsable)
                return try stream.count()
            }
            #expect(count == 999)
            #expect(await connection.isUsable)
            #expect(try await connection.execute(One()) == [1])
        }
    }

    @Test func stillReadsItsRowsWhenTheConnectionIsClosed() async throws {
        let connection = try await Connection.open(TestServer.url())
        let count = try await connection.stream(.series(1_000), limit: .none) { stream in
            await connection.close()
            return try stream.count()
        }
        #expect(count == 1_000)
        let error = try await #require(throws: PostgresError.self) { try await connection.execute(One()) }
        #expect(error.message == "the connection is closed")
    }

    /// The loss is the error of the rows, and is noticed even if nobody reads on.
    @Test(arguments: [true, false])
    func noticesThatTheConnectionIsLost(readsOn: Bool) async throws {
        try await TestServer.withConnection { killer in
            try await TestServer.withConnection { connection in
                let backend = try await Backend(of: connection)
                let result = await Result {
                    try await connection.stream(.series(10_000_000), limit: .none) { stream in
                        try stream.skip(1)
                        try await backend.terminate(by: killer)
                        return readsOn ? try stream.count() : 0
                    }
                }
                #expect(readsOn == (result.loss?.isConnectionLoss ?? false))
                #expect(await !connection.isUsable)
                await #expect(throws: PostgresError.self) { try await connection.execute(One()) }
            }
        }
    }

    @Test func failsAnOpenTransactionWhenItIsStopped() async throws {
        try await TestServer.withConnection { connection in
            try await connection.run("BEGIN READ ONLY")
            let limit = RowLimit(rows: 5, bytes: .max)
            #expect(try await connection.stream(.series(10_000_000), limit: limit) { try $0.count() } == 5)
            let error = try await #require(throws: PostgresError.self) { try await connection.execute(One()) }
            #expect(error.state == .inFailedTransaction)
            try await connection.run("ROLLBACK")
            #expect(await connection.isUsable)
        }
    }
}

private struct Reason: Error {}

extension Result where Failure == any Error {
    /// Catches what an asynchronous closure throws.
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }

    fileprivate var loss: SQLState? {
        guard case .failure(let error) = self else { return nil }
        return (error as? PostgresError)?.state
    }
}
