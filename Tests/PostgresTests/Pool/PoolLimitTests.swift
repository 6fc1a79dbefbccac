import Synchronization
import Support
import Testing

@testable import Postgres

/// Pools of a role whose connection limit is below the sum of their sizes.
@Suite(.server, .timeLimit(.minutes(5)))
struct PoolLimitTests {
    @Test(arguments: [1, 2, 3])
    func lendsTheConnectionsItCanOpen(limit: Int) async throws {
        try await withLimit(limit) { url in
            let pool = Pool(url: url, size: 4, waiters: 100, retryTime: .seconds(60))
            for _ in 0..<5 {
                let answers = try await withThrowingTaskGroup { group in
                    for _ in 0..<20 {
                        group.addTask { try await pool.withConnection { try await $0.execute(Sleep(milliseconds: 1)) } }
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                #expect(answers.count == 20)
            }
            pool.close()
        }
    }

    /// A task that prefers the thread of a connection that cannot be opened gets another one.
    @Test func lendsAnIdleConnectionInPlaceOfAPreferredOne() async throws {
        try await withLimit(1) { url in
            let pool = Pool(url: url, size: 3, retryTime: .seconds(60))
            for thread in pool.threads + pool.threads {
                let answer = try await Task(executorPreference: thread) {
                    try await pool.withConnection { try await $0.execute(One()) }
                }.value
                #expect(answer == [1])
            }
            pool.close()
        }
    }

    @Test func waitsNoLongerThanTheRetryTime() async throws {
        try await withLimit(1) { url in
            let pool = Pool(url: url, size: 2, retryTime: .milliseconds(100))
            try await pool.withConnection { _ in
                let refusal = await #expect(throws: Pool.Refusal.self) { try await pool.withConnection { _ in } }
                guard case .unreachable(let error) = refusal else {
                    Issue.record("\(String(describing: refusal))")
                    return
                }
                #expect(error.state == "53300")
                #expect(error.message.contains("too many connections for role"))
            }
            #expect(try await pool.withConnection { try await $0.execute(One()) } == [1])
            pool.close()
        }
    }

    @Test func givesTheReasonForHavingNoConnection() async throws {
        try await withLimit(0) { url in
            let pool = Pool(url: url, size: 2, retryTime: .milliseconds(100))
            let refusal = await #expect(throws: Pool.Refusal.self) { try await pool.withConnection { _ in } }
            guard case .unreachable(let error) = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            #expect(error.state == "53300")
            pool.close()
        }
    }

    /// Another pool holds all connections, idle.
    @Test(arguments: [false, true])
    func replacesAnIdleConnectionOfAnotherPool(isBehind: Bool) async throws {
        try await withLimit(3) { url in
            let first = Pool(url: url, size: 3, retryTime: .seconds(60))
            let second = first.sibling(setup: "", size: 3, rank: 1)
            let (greedy, modest) = isBehind ? (second, first) : (first, second)
            try await greedy.withConnection { _ in
                try await greedy.withConnection { _ in try await greedy.withConnection { _ in } }
            }
            #expect(try await modest.withConnection { try await $0.execute(One()) } == [1])
            #expect(try await greedy.withConnection { try await $0.execute(One()) } == [1])
            first.close()
            second.close()
        }
    }

    /// The lower-priority pools lend each connection again as soon as it is returned.
    @Test func isServedBeforeThePoolsBehind() async throws {
        try await withLimit(2) { url in
            let first = Pool(url: url, size: 2, retryTime: .seconds(60))
            let second = first.sibling(setup: "", size: 2, rank: 1)
            try await withThrowingTaskGroup { group in
                let end = EndSign()
                for _ in 0..<8 {
                    group.addTask {
                        while !end.isGiven, !Task.isCancelled {
                            // Refused while the other pool holds all connections.
                            _ = try? await second.withConnection { try await $0.execute(Sleep(milliseconds: 5)) }
                        }
                    }
                }
                try await eventually { second.state.withLock { $0.open >= 2 } }
                for _ in 0..<20 { #expect(try await first.withConnection { try await $0.execute(One()) } == [1]) }
                end.give()
                try await group.waitForAll()
            }
            first.close()
            second.close()
        }
    }

    /// A pool of higher priority keeps one connection only, while others need one.
    ///
    /// It keeps an open one, not one that is being opened and may fail.
    @Test(arguments: 1...10)
    func leavesOneToThePoolsBehind(round: Int) async throws {
        try await withLimit(2) { url in
            let first = Pool(url: url, size: 2, retryTime: .seconds(60))
            let second = first.sibling(setup: "", size: 1, rank: 1)
            try await withThrowingTaskGroup { group in
                let end = EndSign()
                for _ in 0..<4 {
                    group.addTask {
                        while !end.isGiven, !Task.isCancelled {
                            let answer = try await first.withConnection {
                                try await $0.execute(Sleep(milliseconds: 5))
                            }
                            #expect(answer == [1])
                        }
                    }
                }
                try await eventually { first.state.withLock { $0.open >= 2 } }
                #expect(try await second.withConnection { try await $0.execute(One()) } == [1])
                end.give()
                try await group.waitForAll()
            }
            first.close()
            second.close()
        }
    }

    /// A task that holds a connection for long can ask whether others wait for it.
    @Test func tellsTheHolderThatOthersWait() async throws {
        try await withLimit(1) { url in
            let first = Pool(url: url, size: 1, retryTime: .seconds(60))
            let second = first.sibling(setup: "", size: 1, rank: 1)
            let (lent, begin) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup { group in
                group.addTask {
                    try await second.withConnection { connection in
                        #expect(!second.mustYield)
                        begin.finish()
                        try await eventually {
                            _ = try await connection.execute(Sleep(milliseconds: 1))
                            return second.mustYield
                        }
                    }
                }
                for await _ in lent {}
                #expect(try await first.withConnection { try await $0.execute(One()) } == [1])
                try await group.waitForAll()
            }
            first.close()
            second.close()
        }
    }

    /// Lends the URL of a role with a connection limit.
    private func withLimit(_ limit: Int, _ body: (_ url: String) async throws -> Void) async throws {
        let role = TestServer.unique("limited")
        try await TestServer.withConnection { observer in
            try await observer.run("CREATE ROLE \(role) LOGIN CONNECTION LIMIT \(limit)")
            try await body("\(TestServer.url()) user=\(role)")
            // The server ends a session shortly after the client closes it.
            try await eventually { try await observer.execute(SessionCount(role: role)) == [0] }
            try await observer.run("DROP ROLE \(role)")
        }
    }
}

/// The number of sessions of a role.
private struct SessionCount: Statement {
    typealias Row = Int
    static let sql = "SELECT count(*) FROM pg_stat_activity WHERE usename = $1"
    let role: String
    var parameters: Parameters { Parameters(role) }
}

/// A flag that tells tasks to end.
private final class EndSign: Sendable {
    private let flag = Atomic(false)
    var isGiven: Bool { flag.load(ordering: .relaxed) }
    func give() { flag.store(true, ordering: .relaxed) }
}
