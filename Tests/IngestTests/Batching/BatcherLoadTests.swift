import Analytics
import Ingest
import Support
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct BatcherLoadTests {
    @Test(arguments: [(1, 2_000), (4, 2_000), (4, 1)])
    func answers20_000AppendsAndDoublesNone(writers: Int, secondWriterAt: Int) async throws {
        let database = FakeDatabase()
        let limits = Batcher.Limits(batch: 500, writers: writers, secondWriterAt: secondWriterAt)
        let batcher = Batcher(limits: limits) { batch in
            await Task.yield()
            return try database.write(batch)
        }
        try await withThrowingTaskGroup { group in
            group.addTask { await batcher.run() }
            try await withThrowingTaskGroup(of: Outcome.self) { clients in
                for number in 0..<20_000 {
                    clients.addTask { try await batcher.append(.users(["\(number)"])) }
                }
                for try await outcome in clients where outcome != .stored { Issue.record("\(outcome)") }
            }
            batcher.close()
        }
        #expect(database.users.count == 20_000)
        #expect(Set(database.users).count == 20_000)
        #expect(batcher.pending == 0)
    }

    @Test func losesNothingWhenClosedUnderLoad() async throws {
        let database = FakeDatabase()
        let batcher = Batcher(
            limits: Batcher.Limits(batch: 50, pending: 1_000, secondWriterAt: 20),
            write: database.write
        )
        async let run: Void = batcher.run()
        let stored = await withTaskGroup(of: [String].self) { clients in
            for client in 0..<50 {
                clients.addTask {
                    var stored: [String] = []
                    for user in (0..<200).map({ "\(client) \($0)" }) {
                        if user == "0 100" { batcher.close() }
                        // The error does not matter; below it is checked that no event of a failed append is stored.
                        guard (try? await batcher.append(.users([user]))) == .stored else { continue }
                        stored.append(user)
                    }
                    return stored
                }
            }
            return await clients.reduce(into: []) { $0 += $1 }
        }
        await run
        #expect(stored.count >= 100)
        #expect(stored.count < 10_000)
        #expect(database.users.sorted() == stored.sorted())
    }

    @Test func keepsTheLimitsUnderLoad() async throws {
        struct Seen {
            var writing = 0
            var mostWriting = 0
            var mostEvents = 0
        }
        let seen = Mutex(Seen())
        let limits = Batcher.Limits(batch: 10, pending: 200, writers: 3, secondWriterAt: 5)
        let batcher = Batcher(limits: limits) { batch in
            let events = batch.entries.reduce(0) { $0 + $1.events.count }
            seen.withLock { seen in
                seen.writing += 1
                seen.mostWriting = max(seen.mostWriting, seen.writing)
                seen.mostEvents = max(seen.mostEvents, events)
            }
            await Task.yield()
            seen.withLock { $0.writing -= 1 }
            return batch.entries.map { _ in .stored }
        }
        await withTaskGroup { group in
            group.addTask { await batcher.run() }
            await withTaskGroup { clients in
                for client in 0..<500 {
                    clients.addTask {
                        let users = (0...client % 4).map { "\(client) \($0)" }
                        for _ in 0..<10 {
                            do {
                                _ = try await batcher.append(.users(users))
                            } catch {
                                #expect(error as? Batcher.Refusal == .full)
                            }
                            #expect(batcher.pending <= 200)
                        }
                    }
                }
            }
            batcher.close()
        }
        let most = seen.withLock { ($0.mostWriting, $0.mostEvents) }
        #expect((1...3).contains(most.0))
        #expect((1...10).contains(most.1))
    }
}
