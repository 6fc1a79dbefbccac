import Glibc
import Testing

@testable import Postgres

@Suite(.server, .timeLimit(.minutes(5)))
struct StreamTests {
    @Test func lendsTheRowsInTheOrderOfTheServer() async throws {
        try await TestServer.withConnection { connection in
            let numbers = try await connection.stream(.series(10_000), limit: .none, as: .binary) { stream in
                let names = stream.columns.map(\.name)
                #expect(names == ["n", "padding"])
                var numbers: [Int] = []
                while let row = try stream.next() { numbers.append(try row.decode((Int, String).self).0) }
                #expect(try stream.next() == nil)
                let isTruncated = stream.isTruncated
                #expect(!isTruncated)
                return numbers
            }
            #expect(numbers == Array(1...10_000))
            #expect(await connection.isUsable)
        }
    }

    /// Waiting for rows blocks the thread of the connection, not one that tasks share.
    @Test func readsOnTheThreadOfTheConnection() async throws {
        try await TestServer.withConnection { connection in
            let isOnItsThread = try await connection.stream(.series(10), limit: .none, as: .binary) { stream in
                try #require(connection.executor.isCurrent)
                await Task.yield()
                _ = try stream.count()
                return connection.executor.isCurrent
            }
            #expect(isOnItsThread)
        }
    }

    /// The server has produced little more than what was read, of ten million rows.
    @Test(arguments: [RowLimit(rows: 1_000, bytes: .max), RowLimit(rows: .max, bytes: 1_000 * (4 + 8 + 4 + 1_000))])
    func stopsAtItsLimit(limit: RowLimit) async throws {
        try await TestServer.withConnection(setup: "CREATE TEMP SEQUENCE produced") { connection in
            let backend = try await Backend(of: connection)
            let query = PostgresQuery("SELECT nextval('produced'), repeat('x', 1000) FROM generate_series(1, 10000000)")
            let count = try await connection.stream(query, limit: limit, as: .binary) { stream in
                let count = try stream.count()
                let isTruncated = stream.isTruncated
                #expect(isTruncated)
                #expect(try stream.next() == nil)
                return count
            }
            #expect(count == 1_000)
            #expect(await connection.isUsable)
            #expect(try await Backend(of: connection) == backend)
            let produced = PostgresQuery("SELECT last_value FROM produced")
            let last = try await connection.execute(produced) { row in try row.decode(Int.self) }
            #expect(last[0] < 200_000)
        }
    }

    /// A result of 500 MB, read to its end in a process of its own.
    @Test func takesLittleMemory() async throws {
        await #expect(processExitsWith: .success) {
            let before = peakMemory()
            let count = try await TestServer.withConnection { connection in
                try await connection.stream(.series(500_000), limit: .none) { try $0.count() }
            }
            guard count == 500_000, peakMemory() - before < 32 << 20 else { exit(EXIT_FAILURE) }
        }
    }

    @Test func isNotTruncatedWhenAllItsRowsFit() async throws {
        try await TestServer.withConnection { connection in
            let size = (1...100).reduce(0) { $0 + 8 + "\($1)".utf8.count + 1_000 }
            for (rows, bytes, count) in [
                (100, size, 100), (99, size, 99), (100, size - 1, 99), (0, size, 0), (-1, 0, 0),
            ] {
                let limit = RowLimit(rows: rows, bytes: bytes)
                let (read, isTruncated) = try await connection.stream(.series(100), limit: limit) { stream in
                    (try stream.count(), stream.isTruncated)
                }
                #expect(read == count)
                #expect(isTruncated == (count < 100))
                #expect(await connection.isUsable)
            }
        }
    }

    @Test func mayBeLeftEarly() async throws {
        try await TestServer.withConnection { connection in
            for count in 0...3 {
                let read = try await connection.stream(.series(10_000_000), limit: .none) { stream in
                    var texts: [String?] = []
                    for _ in 0..<count { texts.append(try stream.next()?.text(at: 0)) }
                    return texts
                }
                #expect(read == (0..<count).map { "\($0 + 1)" })
                #expect(await connection.isUsable)
                #expect(try await connection.execute(One()) == [1])
            }
        }
    }

    @Test func mayWaitBetweenItsRows() async throws {
        try await TestServer.withConnection { connection in
            let count = try await connection.stream(.series(200), limit: .none) { stream in
                var count = 0
                while let row = try stream.next() {
                    count += 1
                    #expect(try await TestServer.withConnection { try await $0.execute(One()) } == [1])
                    #expect(try row.text(at: 0) == "\(count)")
                }
                return count
            }
            #expect(count == 200)
        }
    }

    @Test func knowsItsColumnsWithoutRows() async throws {
        try await TestServer.withConnection { connection in
            let names = try await connection.stream(.series(0), limit: .none) { stream in
                let count = try stream.count()
                #expect(count == 0)
                return stream.columns.map(\.name)
            }
            #expect(names == ["n", "padding"])
        }
    }

    @Test func refusesToReadAValueInTheOtherFormat() async throws {
        try await TestServer.withConnection { connection in
            for format in [ResultFormat.text, .binary] {
                try await #require(throws: PostgresDecodingError.self) {
                    try await connection.stream(.series(10), limit: .none, as: format) { stream in
                        guard let row = try stream.next() else { return }
                        if format == .text { _ = try row.decode((Int, String).self) } else { _ = try row.text(at: 0) }
                    }
                }
                #expect(await connection.isUsable)
            }
        }
    }

    @Test(arguments: [-1, 2, .max, .min])
    func hasNoTextAtAnotherColumn(column: Int) async throws {
        try await TestServer.withConnection { connection in
            _ = try await #require(throws: PostgresDecodingError.self) {
                try await connection.stream(.series(1), limit: .none) { stream in
                    _ = try stream.next()?.text(at: column)
                }
            }
        }
    }
}

/// The most memory that this process has held so far, in bytes.
private func peakMemory() -> Int {
    var usage = rusage()
    unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_maxrss * 1_024
}
