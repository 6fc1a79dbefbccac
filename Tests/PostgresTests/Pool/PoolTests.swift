import ServiceLifecycleTestKit
import Support
import Testing

@testable import Postgres

@Suite(.server, .timeLimit(.minutes(5)))
struct PoolTests {
    @Test func neverHasMoreConnectionsThanItsSize() async throws {
        let name = TestServer.unique("size")
        let pool = Pool(url: try TestServer.url(applicationName: name), size: 4)
        let answers = try await withThrowingTaskGroup { group in
            for _ in 0..<200 {
                group.addTask {
                    try await pool.withConnection { connection in
                        let counts = try await connection.execute(ConnectionCount(applicationName: name))
                        return (try await Backend(of: connection), try #require(counts.first))
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 200)
        #expect(answers.allSatisfy { (1...4).contains($0.1) })
        #expect(Set(answers.map(\.0)).count <= 4)
        pool.close()
    }

    @Test func lendsAConnectionToOneAtATime() async throws {
        let pool = Pool(url: try TestServer.url(), size: 3)
        try await withThrowingTaskGroup { group in
            for _ in 0..<60 {
                group.addTask {
                    try await pool.withConnection { connection in
                        // In a transaction, which another user of the same connection would see.
                        try await connection.run("BEGIN; CREATE TEMP TABLE item (id bigint)")
                        for _ in 0..<5 { await Task.yield() }
                        try await connection.run("ROLLBACK")
                    }
                }
            }
            try await group.waitForAll()
        }
        pool.close()
    }

    @Test func reusesAConnection() async throws {
        let pool = Pool(url: try TestServer.url(), size: 3)
        var backends: Set<Backend> = []
        for _ in 0..<10 { backends.insert(try await pool.withConnection { try await Backend(of: $0) }) }
        #expect(backends.count == 1)
        pool.close()
    }

    @Test func lendsATaskTheConnectionOfTheThreadThatItPrefers() async throws {
        let pool = Pool(url: try TestServer.url(), size: 3)
        for _ in 0..<3 {
            try await withThrowingTaskGroup { group in
                for thread in pool.threads {
                    group.addTask(executorPreference: thread) {
                        for _ in 0..<20 {
                            let isOwn = try await pool.withConnection { $0.executor === thread }
                            #expect(isOwn)
                        }
                    }
                }
                try await group.waitForAll()
            }
            // Replacement connections use the same threads.
            try await pool.withConnection { connection in
                _ = await #expect(throws: PostgresError.self) {
                    try await connection.run("SELECT pg_terminate_backend(pg_backend_pid())")
                }
            }
        }
        pool.close()
    }

    @Test func lendsAnotherConnectionWhenThePreferredOneIsLent() async throws {
        let pool = Pool(url: try TestServer.url(), size: 2)
        let thread = pool.threads[1]
        try await Task(executorPreference: thread) {
            try await pool.withConnection { first in
                #expect(first.executor === thread)
                try await pool.withConnection { second in #expect(second.executor === pool.threads[0]) }
            }
        }.value
        pool.close()
    }

    @Test func runsTheSetupOnEachConnection() async throws {
        let pool = Pool(url: try TestServer.url(), setup: "CREATE TEMP SEQUENCE item", size: 2)
        for _ in 0..<2 {
            try await pool.withConnection { first in
                try await first.run("SELECT nextval('item')")
                try await pool.withConnection { second in try await second.run("SELECT nextval('item')") }
            }
        }
        pool.close()
    }

    @Test func takesAConnectionBackWhenTheBodyThrows() async throws {
        let pool = Pool(url: try TestServer.url(), size: 1, waiters: 0)
        let backend = try await pool.withConnection { try await Backend(of: $0) }
        for _ in 0..<3 {
            let error = try await #require(throws: PostgresError.self) {
                try await pool.withConnection { try await $0.run("SELECT 1 / 0") }
            }
            #expect(error.state == "22012")
        }
        #expect(try await pool.withConnection { try await Backend(of: $0) } == backend)
        pool.close()
    }

    @Test(arguments: ["BEGIN", "BEGIN; CREATE TEMP TABLE item (id bigint)"])
    func replacesAConnectionReturnedInATransaction(script: String) async throws {
        let pool = Pool(url: try TestServer.url(), size: 1)
        let backend = try await pool.withConnection { connection in
            try await connection.run(script)
            return try await Backend(of: connection)
        }
        #expect(try await pool.withConnection { try await Backend(of: $0) } != backend)
        pool.close()
    }

    @Test func refusesWhenClosed() async throws {
        let pool = Pool(url: try TestServer.url(), size: 1)
        try await pool.withConnection { try await $0.run("SELECT 1") }
        pool.close()
        pool.close()
        #expect(await pool.refusal() == "closed")
    }

    @Test func closesALentConnectionOnReturn() async throws {
        let name = TestServer.unique("closing")
        let pool = Pool(url: try TestServer.url(applicationName: name), size: 2)
        // At the close one of the two connections is idle and the other is lent.
        try await pool.withConnection { first in
            try await pool.withConnection { try await $0.run("SELECT 1") }
            pool.close()
            #expect(await pool.refusal() == "closed")
            try await eventually { try await first.execute(ConnectionCount(applicationName: name)) == [1] }
        }
        try await TestServer.withConnection { observer in
            try await eventually { try await observer.execute(ConnectionCount(applicationName: name)) == [0] }
        }
        #expect(await pool.refusal() == "closed")
    }

    @Test func closesWhenItsServiceIsCancelled() async throws {
        let pool = Pool(url: try TestServer.url(), size: 1)
        let service = Task { try await pool.run() }
        try await pool.withConnection { try await $0.run("SELECT 1") }
        service.cancel()
        try await service.value
        #expect(await pool.refusal() == "closed")
    }

    @Test func closesWhenItsServiceIsShutDown() async throws {
        let pool = Pool(url: try TestServer.url(), size: 1)
        try await testGracefulShutdown { trigger in
            async let service: Void = pool.run()
            try await pool.withConnection { try await $0.run("SELECT 1") }
            trigger.triggerGracefulShutdown()
            try await service
        }
        #expect(await pool.refusal() == "closed")
    }
}

extension Pool {
    /// The reason for lending no connection now; nil if it lends one.
    func refusal() async -> String? {
        do {
            try await withConnection { _ in }
            return nil
        } catch Refusal.exhausted {
            return "exhausted"
        } catch Refusal.closed {
            return "closed"
        } catch Refusal.unreachable {
            return "unreachable"
        } catch {
            return "\(error)"
        }
    }
}
