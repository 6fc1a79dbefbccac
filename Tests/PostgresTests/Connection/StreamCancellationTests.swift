import Testing

@testable import Postgres

@Suite(.server, .timeLimit(.minutes(5)))
struct StreamCancellationTests {
    @Test func isCancelledWhileItWaitsForTheServer() async throws {
        try await TestServer.withConnection { connection in
            let backend = try await Backend(of: connection)
            let query = PostgresQuery(
                "SELECT repeat('x', 1000), CASE WHEN n > 1000 THEN pg_sleep(50) END FROM generate_series(1, 2000) n"
            )
            let (counts, continuation) = AsyncStream.makeStream(of: Int.self)
            let task = Task {
                try await connection.stream(query, limit: .none) { stream in
                    while try stream.next() != nil { continuation.yield(1) }
                }
            }
            try await TestServer.withConnection { try await backend.sleeps(asking: $0) }
            // Until a row is read the task may not have seen the first.
            var iterator = counts.makeAsyncIterator()
            _ = await iterator.next()
            task.cancel()
            #expect(await isCancellation(task.result))
            #expect(await connection.isUsable)
            #expect(try await Backend(of: connection) == backend)
        }
    }

    @Test func isCancelledWhileItsBodyWaits() async throws {
        try await TestServer.withConnection { connection in
            let (started, continuation) = AsyncStream.makeStream(of: Void.self)
            let (never, held) = AsyncStream.makeStream(of: Void.self)
            defer { held.finish() }
            let task = Task {
                try await connection.stream(.series(10_000_000), limit: .none) { stream in
                    try stream.skip(1)
                    continuation.yield()
                    for await _ in never {}
                    // Dropping the error must not make the rows before it look like all of them.
                    return (try? stream.count()) ?? 0
                }
            }
            var iterator = started.makeAsyncIterator()
            await iterator.next()
            task.cancel()
            try await #require(throws: CancellationError.self) { try await task.value }
            #expect(await connection.isUsable)
            #expect(try await connection.execute(One()) == [1])
        }
    }

    /// Cancelled at a different moment each time; a late cancellation must not hit the next statement.
    @Test func isCancelledAtAnyMoment() async throws {
        try await TestServer.withConnection { connection in
            let backend = try await Backend(of: connection)
            for round in 0..<100 {
                let task = Task { try await connection.stream(.series(1_000), limit: .none) { try $0.count() } }
                for _ in 0..<(round * 20) { await Task.yield() }
                task.cancel()
                let result = await task.result
                #expect((try? result.get()) == 1_000 || isCancellation(result))
                _ = try await connection.execute(Sleep(milliseconds: 2))
            }
            #expect(try await Backend(of: connection) == backend)
        }
    }

    /// As a statement of a transaction it is not interrupted.
    @Test func goesOnInATransactionWhenTheTaskIsCancelled() async throws {
        try await TestServer.withConnection { connection in
            let task = Task {
                try await connection.transaction { connection in
                    while !Task.isCancelled {}
                    return try connection.perform(.series(3)) { row in try row.decode((Int, String).self).0 }
                }
            }
            task.cancel()
            let rows = try await task.value
            #expect(rows == [1, 2, 3])
            #expect(await connection.isUsable)
        }
    }

    private func isCancellation(_ result: Result<some Any, any Error>) -> Bool {
        guard case .failure(let error) = result else { return false }
        return error is CancellationError || (error as? PostgresError)?.state == .queryCanceled
    }
}
