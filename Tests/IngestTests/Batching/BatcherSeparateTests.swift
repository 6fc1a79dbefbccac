import Analytics
import Ingest
import Support
import Synchronization
import Testing

/// Independent events that are appended together.
@Suite(.timeLimit(.minutes(5)))
struct BatcherSeparateTests {
    @Test func areOneEntryAndSettledTogether() async throws {
        try await Bench.with { bench in
            let results = bench.appendSeparate(["a", "b", "c"])
            let write = try await bench.next()
            #expect(write.users == [["a", "b", "c"]])
            write.store()
            try await bench.batcher.waitUntil(pending: 0)
            #expect(try await results.all == [.success(.stored), .success(.stored), .success(.stored)])
        }
    }

    @Test func asManyAreAcceptedAsFit() async throws {
        try await Bench.with(Batcher.Limits(pending: 3)) { bench in
            _ = try await bench.append("first", pending: 1)
            let first = try await bench.next()
            let results = bench.appendSeparate(["a", "b", "c", "d"])
            #expect(bench.batcher.pending == 3)
            let refused = bench.appendSeparate(["e"])
            #expect(try await refused.all == [.failure(.full)])
            first.store()
            let second = try await bench.next()
            #expect(second.users == [["a", "b"]])
            second.store()
            #expect(
                try await results.all == [
                    .success(.stored), .success(.stored), .failure(.full), .failure(.full),
                ]
            )
        }
    }

    @Test func anEmptyQueueTakesNoMoreThanItsLimit() async throws {
        try await Bench.with(Batcher.Limits(pending: 1)) { bench in
            let results = bench.appendSeparate(["a", "b"])
            try await bench.next().store()
            #expect(try await results.all == [.success(.stored), .failure(.full)])
        }
    }

    @Test func afterTheCloseAllAreRefused() async throws {
        try await Bench.with { bench in
            bench.batcher.close()
            let results = try await bench.appendSeparate(["a", "b"]).all
            #expect(results == [.failure(.closed), .failure(.closed)])
        }
    }

    @Test func noneAreAnsweredAtOnce() async throws {
        try await Bench.with { bench in
            let results = try await bench.appendSeparate([]).all
            #expect(results.isEmpty)
            #expect(bench.batcher.pending == 0)
        }
    }

    /// Behind the entry of another caller, with any number of refused events at any places.
    @Test(arguments: [false, true], 0..<20)
    func oneThatIsRefusedFailsAlone(saysWhichRow: Bool, seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let users = (0..<Int.random(in: 1...30, using: &random)).map { "user \($0)" }
        let poison = Set(users.filter { _ in random.chance(4) })
        let database = FakeDatabase(refusing: poison, sayingWhichRow: saysWhichRow)
        let batcher = Batcher(write: database.write)
        let before = Results(count: 2)
        batcher.append([.sample(user: "x"), .sample(user: "y")], settle: before.note)
        let results = Results(count: users.count)
        batcher.append(users.map { .sample(user: $0) }, settle: results.note)
        batcher.close()
        await batcher.run()
        #expect(try await before.all == [.success(.stored), .success(.stored)])
        let row = saysWhichRow ? 0 : nil
        #expect(
            try await results.all == users.map { poison.contains($0) ? .failure(.refused(row)) : .success(.stored) }
        )
        #expect(Set(database.users) == Set(users).subtracting(poison).union(["x", "y"]))
        #expect(database.users.count == users.count - poison.count + 2)
        #expect(batcher.pending == 0)
    }
}

/// The outcomes of events, each of which must be reported once.
private final class Results: Sendable {
    enum Failure: Error, Equatable {
        case full, closed, other
        case refused(Int?)
    }

    private let count: Int
    private let told: Mutex<[Int: Result<Outcome, Failure>]> = Mutex([:])

    init(count: Int) { self.count = count }

    /// All outcomes, in order; only once all are known.
    var all: [Result<Outcome, Failure>] {
        get async throws {
            while told.withLock({ $0.count }) < count {
                try Task.checkCancellation()
                await Task.yield()
            }
            return told.withLock { told in (0..<count).compactMap { told[$0] } }
        }
    }

    func note(_ places: Range<Int>, _ result: Result<Outcome, any Error>) {
        let result = result.mapError { error -> Failure in
            switch error {
            case Batcher.Refusal.full: .full
            case Batcher.Refusal.closed: .closed
            case WriteError.refused(let rows, _): .refused(rows.first)
            default: .other
            }
        }
        told.withLock { told in
            for place in places {
                #expect(told[place] == nil)
                told[place] = result
            }
        }
    }
}

extension Bench {
    fileprivate func appendSeparate(_ users: [String]) -> Results {
        let results = Results(count: users.count)
        batcher.append(users.map { .sample(user: $0) }, settle: results.note)
        return results
    }
}
