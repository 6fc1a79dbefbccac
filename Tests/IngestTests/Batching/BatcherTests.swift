import Analytics
import Ingest
import Support
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct BatcherTests {
    @Test func storesAtOnceWhenIdle() async throws {
        try await Bench.with { bench in
            for user in ["a", "b", "c"] {
                let outcome = try await bench.append(user, pending: 1)
                let write = try await bench.next()
                #expect(write.users == [[user]])
                write.store()
                #expect(try await outcome.value == .stored)
                try await bench.batcher.waitUntil(pending: 0)
            }
        }
    }

    @Test func batchesEventsThatArriveDuringAWrite() async throws {
        try await Bench.with { bench in
            let first = try await bench.append("a", pending: 1)
            let write = try await bench.next()
            let second = try await bench.append("b", pending: 2)
            let third = try await bench.append("c", "d", pending: 4)
            let fourth = try await bench.append("e", pending: 5)
            write.store()
            #expect(try await first.value == .stored)
            let next = try await bench.next()
            #expect(next.users == [["b"], ["c", "d"], ["e"]])
            next.store()
            for outcome in [second, third, fourth] { #expect(try await outcome.value == .stored) }
        }
    }

    @Test func neverSplitsAnEntry() async throws {
        try await Bench.with(Batcher.Limits(batch: 3)) { bench in
            var outcomes = [try await bench.append("a", pending: 1)]
            var write = try await bench.next()
            outcomes.append(try await bench.append("b", "c", pending: 3))
            outcomes.append(try await bench.append("d", "e", pending: 5))
            outcomes.append(try await bench.append("f", pending: 6))
            outcomes.append(try await bench.append("g", "h", "i", "j", "k", pending: 11))
            outcomes.append(try await bench.append("l", pending: 12))
            outcomes.append(try await bench.append("m", "n", pending: 14))
            for batch in [[["b", "c"]], [["d", "e"], ["f"]], [["g", "h", "i", "j", "k"]], [["l"], ["m", "n"]]] {
                write.store()
                write = try await bench.next()
                #expect(write.users == batch)
            }
            write.store()
            for outcome in outcomes { #expect(try await outcome.value == .stored) }
        }
    }

    @Test func passesAnEntryOnUnchanged() async throws {
        let key = try IdempotencyKey(parsing: "key")
        let events = [Event.sample(at: 5, user: "a", kind: .impression), .sample(at: 6, user: "b")]
        try await Bench.with { bench in
            let entry = Batch.Entry(events: events, key: key, response: "answer")
            let outcome = try await bench.batcher.begin(entry, pending: 2)
            let write = try await bench.next()
            #expect(write.batch.entries.map(\.events) == [events])
            #expect(write.batch.entries.map(\.key) == [key])
            #expect(write.batch.entries.map(\.response) == ["answer"])
            write.store()
            #expect(try await outcome.value == .stored)
        }
    }

    @Test func givesEachBatchANewID() async throws {
        try await Bench.with { bench in
            _ = try await bench.append("a", pending: 1)
            let first = try await bench.next()
            _ = try await bench.append("a", pending: 2)
            first.store()
            let second = try await bench.next()
            #expect(first.batch.id != second.batch.id)
            second.store()
        }
    }

    @Test func givesRepeatedAnswersToTheRightEntries() async throws {
        try await Bench.with { bench in
            _ = try await bench.append("a", pending: 1)
            let first = try await bench.next()
            let outcomes = [
                try await bench.append("b", "c", pending: 3), try await bench.append("d", pending: 4),
                try await bench.append("e", "f", "g", pending: 7), try await bench.append("h", pending: 8),
            ]
            first.store()
            try await bench.next().store(repeated: [1: "one", 3: "three", 4: "nobody", -1: "nobody"])
            #expect(try await outcomes[0].value == .stored)
            #expect(try await outcomes[1].value == .repeated(firstResponse: "one"))
            #expect(try await outcomes[2].value == .stored)
            #expect(try await outcomes[3].value == .repeated(firstResponse: "three"))
        }
    }

    @Test func writesAnEntryWithoutEvents() async throws {
        try await Bench.with { bench in
            let outcome = try await bench.append(pending: 0)
            let write = try await bench.next()
            #expect(write.users == [[]])
            write.store(repeated: [0: "before"])
            #expect(try await outcome.value == .repeated(firstResponse: "before"))
        }
    }

    @Test func reportsTheWrittenBatches() async throws {
        let observed = Mutex<[Int]>([])
        let note: Batcher.Observe = { events, duration in
            #expect(duration >= .zero)
            observed.withLock { $0.append(events) }
        }
        try await Bench.with(observe: note) { bench in
            _ = try await bench.append("a", pending: 1)
            let first = try await bench.next()
            _ = try await bench.append("b", "c", pending: 3)
            _ = try await bench.append("d", pending: 4)
            first.store()
            try await bench.next().store()
        }
        #expect(observed.withLock { $0 } == [1, 3])
    }
}
