import Analytics
import Ingest
import Testing

@Suite(.timeLimit(.minutes(5)))
struct BatcherLimitsTests {
    @Test func refusesWhenFull() async throws {
        try await Bench.with(Batcher.Limits(pending: 3)) { bench in
            _ = try await bench.append("a", pending: 1)
            let first = try await bench.next()
            _ = try await bench.append("b", pending: 2)
            await #expect(throws: Batcher.Refusal.full) { try await bench.batcher.append(.users(["c", "d"])) }
            _ = try await bench.append("c", pending: 3)
            await #expect(throws: Batcher.Refusal.full) { try await bench.batcher.append(.users(["d"])) }
            #expect(bench.batcher.pending == 3)
            first.store()
            let second = try await bench.next()
            #expect(second.users == [["b"], ["c"]])
            second.store()
        }
    }

    @Test func countsEventsThatAreBeingWritten() async throws {
        try await Bench.with(Batcher.Limits(pending: 2)) { bench in
            _ = try await bench.append("a", "b", pending: 2)
            let first = try await bench.next()
            await #expect(throws: Batcher.Refusal.full) { try await bench.batcher.append(.users(["c"])) }
            first.store()
        }
    }

    @Test(arguments: [nil, WriteError.unavailable, .unknown, .refused(row: 0), .refused(row: nil)])
    func acceptsAgainWhenAWriteHasEnded(error: WriteError?) async throws {
        try await Bench.with(Batcher.Limits(pending: 2)) { bench in
            _ = try await bench.append("a", "b", pending: 2)
            let first = try await bench.next()
            if let error { first.fail(error) } else { first.store() }
            try await bench.batcher.waitUntil(pending: 0)
            let outcome = try await bench.append("c", "d", pending: 2)
            try await bench.next().store()
            #expect(try await outcome.value == .stored)
        }
    }

    @Test func takesALargeEntryWhenIdle() async throws {
        try await Bench.with(Batcher.Limits(batch: 2, pending: 2)) { bench in
            let large = try await bench.append("a", "b", "c", "d", "e", pending: 5)
            let first = try await bench.next()
            #expect(first.users == [["a", "b", "c", "d", "e"]])
            await #expect(throws: Batcher.Refusal.full) { try await bench.batcher.append(.users(["f"])) }
            first.store()
            #expect(try await large.value == .stored)
        }
    }

    @Test func refusesALargeEntryWhenSomethingWaits() async throws {
        try await Bench.with(Batcher.Limits(pending: 2)) { bench in
            _ = try await bench.append("a", pending: 1)
            let first = try await bench.next()
            await #expect(throws: Batcher.Refusal.full) { try await bench.batcher.append(.users(["b", "c", "d"])) }
            first.store()
        }
    }

    @Test func isFreeForTheNextWhenAnAppendReturns() async throws {
        let database = FakeDatabase()
        let batcher = Batcher(limits: Batcher.Limits(pending: 1), write: database.write)
        await withTaskGroup { group in
            group.addTask { await batcher.run() }
            await #expect(throws: Never.self) {
                for _ in 0..<10_000 { _ = try await batcher.append(.users(["a", "b"])) }
            }
            batcher.close()
        }
        #expect(database.users.count == 20_000)
    }

    @Test func givesItsLimit() {
        #expect(Batcher(limits: Batcher.Limits(pending: 7)) { _ in [] }.limit == 7)
    }
}
