import Analytics
import Ingest
import ServiceLifecycleTestKit
import Testing

@Suite(.timeLimit(.minutes(5)))
struct BatcherShutdownTests {
    @Test func refusesAfterClose() async throws {
        try await Bench.with { bench in
            bench.batcher.close()
            await #expect(throws: Batcher.Refusal.closed) { try await bench.batcher.append(.users(["a"])) }
            await #expect(throws: Batcher.Refusal.closed) { try await bench.batcher.append(.users([])) }
            #expect(bench.batcher.pending == 0)
        }
    }

    @Test func saysThatItIsClosedEvenWhenFull() async throws {
        try await Bench.with(Batcher.Limits(pending: 1)) { bench in
            _ = try await bench.append("a", pending: 1)
            let write = try await bench.next()
            bench.batcher.close()
            await #expect(throws: Batcher.Refusal.closed) { try await bench.batcher.append(.users(["b"])) }
            write.store()
        }
    }

    @Test(arguments: [1, 4])
    func writesEventsAcceptedBefore(writers: Int) async throws {
        var outcomes: [Promise<Outcome>] = []
        try await Bench.with(Batcher.Limits(batch: 2, writers: writers)) { bench in
            outcomes.append(try await bench.append("a", pending: 1))
            let first = try await bench.next()
            for number in 2...6 { outcomes.append(try await bench.append("\(number)", pending: number)) }
            bench.batcher.close()
            first.store()
            var users: Set<[String]> = []
            for _ in 0..<3 {
                let write = try await bench.next()
                users.formUnion(write.users)
                write.store()
            }
            #expect(users == Set((2...6).map { ["\($0)"] }))
        }
        for outcome in outcomes { #expect(try await outcome.value == .stored) }
    }

    @Test func reportsWritesThatFailAfterClose() async throws {
        try await Bench.with { bench in
            let first = try await bench.append("a", pending: 1)
            let write = try await bench.next()
            bench.batcher.close()
            write.fail(WriteError.unavailable)
            await #expect(throws: WriteError.unavailable) { try await first.value }
        }
    }

    @Test func writesEventsAcceptedBeforeItRan() async throws {
        let database = FakeDatabase()
        let batcher = Batcher(write: database.write)
        let outcome = try await batcher.begin(.users(["a"]), pending: 1)
        batcher.close()
        await batcher.run()
        #expect(try await outcome.value == .stored)
        #expect(database.users == ["a"])
        #expect(batcher.pending == 0)
    }

    @Test func endsWithoutAnyEvents() async {
        let batcher = Batcher { _ in [] }
        batcher.close()
        batcher.close()
        await batcher.run()
        await #expect(throws: Batcher.Refusal.closed) { try await batcher.append(.users(["a"])) }
    }

    @Test func drainsOnGracefulShutdown() async throws {
        let gate = Gate()
        let batcher = Batcher(write: gate.write)
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup { group in
                group.addTask { await batcher.run() }
                let first = try await batcher.begin(.users(["a"]), pending: 1)
                let write = try await gate.next()
                let second = try await batcher.begin(.users(["b"]), pending: 2)
                trigger.triggerGracefulShutdown()
                await #expect(throws: Batcher.Refusal.closed) { try await batcher.append(.users(["c"])) }
                write.store()
                try await gate.next().store()
                #expect(try await first.value == .stored)
                #expect(try await second.value == .stored)
            }
        }
    }

    @Test func drainsWhenCancelled() async throws {
        let database = FakeDatabase()
        let batcher = Batcher(write: database.write)
        let outcome = try await batcher.begin(.users(["a"]), pending: 1)
        await withTaskGroup { group in
            group.addTask { await batcher.run() }
            group.cancelAll()
        }
        #expect(try await outcome.value == .stored)
        await #expect(throws: Batcher.Refusal.closed) { try await batcher.append(.users(["b"])) }
        #expect(database.users == ["a"])
    }
}
