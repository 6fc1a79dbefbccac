import FoundationEssentials
import Glibc
import Support
import Testing

@testable import Postgres

struct ThreadExecutorTests {
    @Test func runsTheJobsOfAnActorOnOneThread() async {
        let actor = Threaded()
        let threads = await withTaskGroup { group in
            for _ in 0..<200 { group.addTask { await actor.thread } }
            return await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(threads.count == 1)
        #expect(!threads.contains(currentThread()))
    }

    @Test func givesEachActorAThreadOfItsOwn() async {
        let actors = (0..<10).map { _ in Threaded() }
        var threads: Set<UInt> = []
        for actor in actors { await threads.insert(actor.thread) }
        #expect(threads.count == actors.count)
    }

    @Test(.server) func givesEachConnectionAThreadOfItsOwn() async throws {
        try await TestServer.withConnection { one in
            try await TestServer.withConnection { other in
                let threads = try await [one.thread, other.thread, one.transaction { _ in currentThread() }]
                #expect(threads[0] == threads[2])
                #expect(threads[0] != threads[1])
                #expect(!threads.contains(currentThread()))
            }
        }
    }

    @Test func aTaskThatPrefersItStaysOnItsThread() async {
        let actor = Threaded()
        let other = Threaded()
        let thread = await actor.thread
        await Task(executorPreference: actor.executor) {
            for _ in 0..<100 {
                #expect(currentThread() == thread)
                #expect(await actor.thread == thread)
                #expect(await other.thread != thread)
                await Task.yield()
            }
        }.value
    }

    @Test func knowsItsThread() async {
        await Threaded().checkIsolated()
        await #expect(processExitsWith: .failure) { ThreadExecutor().checkIsolated() }
    }

    @Test func runsItsJobsInOrder() async {
        let actor = Threaded()
        for number in 0..<1_000 { actor.executor.submit { actor.assumeIsolated { $0.numbers.append(number) } } }
        #expect(await actor.numbers == Array(0..<1_000))
    }

    /// Other tests start threads too, so the bound is wide, but well below the 500 threads started here.
    @Test func endsItsThreadWhenItIsReleased() async throws {
        let before = try threadCount()
        for _ in 0..<500 { _ = await Threaded().thread }
        try await eventually { try threadCount() < before + 200 }
    }

    @Test(.server) func leavesNoThreadBehindAConnection() async throws {
        let before = try threadCount()
        for round in 0..<300 {
            let connection = try await Connection.open(TestServer.url())
            // Half of them are closed, the others only released; some were never opened.
            if round.isMultiple(of: 2) { await connection.close() }
            await #expect(throws: PostgresError.self) { _ = try await Connection.open("host=/nonexistent") }
        }
        try await eventually { try threadCount() < before + 200 }
    }

    private func threadCount() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
    }
}

private func currentThread() -> UInt { pthread_self() }

private actor Threaded {
    nonisolated let executor = ThreadExecutor()
    var numbers: [Int] = []

    // The actor retains the executor for as long as a job can run on it.
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    var thread: UInt { currentThread() }

    func checkIsolated() { executor.checkIsolated() }
}

extension Connection {
    fileprivate var thread: UInt { currentThread() }
}
