import Analytics
import Ingest
import Testing

@Suite(.timeLimit(.minutes(5)))
struct BatcherWritersTests {
    @Test func workTogetherWhenEnoughWaits() async throws {
        try await Bench.with(Batcher.Limits(writers: 2, secondWriterAt: 3)) { bench in
            _ = try await bench.append("a", pending: 1)
            let first = try await bench.next()
            _ = try await bench.append("b", pending: 2)
            _ = try await bench.append("c", pending: 3)
            _ = try await bench.append("d", pending: 4)
            let second = try await bench.next()
            // Had it begun earlier, it would be smaller.
            #expect(second.users == [["b"], ["c"], ["d"]])
            first.store()
            second.store()
        }
    }

    @Test func beginTogetherForOneLargeEntry() async throws {
        try await Bench.with(Batcher.Limits(writers: 2, secondWriterAt: 3)) { bench in
            _ = try await bench.append("a", pending: 1)
            let first = try await bench.next()
            _ = try await bench.append("b", "c", "d", pending: 4)
            let second = try await bench.next()
            #expect(second.users == [["b", "c", "d"]])
            second.store()
            first.store()
        }
    }

    @Test(arguments: 1...4)
    func areNeverMoreThanAllowed(writers: Int) async throws {
        try await Bench.with(Batcher.Limits(writers: writers, secondWriterAt: 2)) { bench in
            var held: [Gate.Held] = []
            var pending = 0
            for number in 0..<writers {
                pending += 2
                _ = try await bench.append("a\(number)", "b\(number)", pending: pending)
                held.append(try await bench.next())
            }
            for number in 0..<8 {
                pending += 1
                _ = try await bench.append("c\(number)", pending: pending)
            }
            // One more would have taken the first of these as soon as there were two.
            held[0].store()
            let next = try await bench.next()
            #expect(next.users == (0..<8).map { ["c\($0)"] })
            for write in held.dropFirst() + [next] { write.store() }
        }
    }

    @Test func answerOnlyTheirOwn() async throws {
        try await Bench.with(Batcher.Limits(writers: 2, secondWriterAt: 1)) { bench in
            let one = try await bench.append("a", pending: 1)
            let first = try await bench.next()
            let other = try await bench.append("b", pending: 2)
            let second = try await bench.next()
            second.store(repeated: [0: "second"])
            #expect(try await other.value == .repeated(firstResponse: "second"))
            try await bench.batcher.settle(pending: 1)
            first.fail(WriteError.unavailable)
            await #expect(throws: WriteError.unavailable) { try await one.value }
        }
    }

    @Test func goOnWhenOneOfThemWaitsForLong() async throws {
        try await Bench.with(Batcher.Limits(writers: 2, secondWriterAt: 2)) { bench in
            _ = try await bench.append("a", pending: 1)
            let slow = try await bench.next()
            for _ in 0..<10 {
                let outcome = try await bench.append("b", "c", pending: 3)
                try await bench.next().store()
                #expect(try await outcome.value == .stored)
                try await bench.batcher.settle(pending: 1)
            }
            slow.store()
        }
    }

    @Test func takeWhatIsTooLittleForAnotherWhenTheLastOfThemEnds() async throws {
        try await Bench.with(Batcher.Limits(writers: 2, secondWriterAt: 2)) { bench in
            _ = try await bench.append("a", pending: 1)
            let first = try await bench.next()
            _ = try await bench.append("b", "c", pending: 3)
            let second = try await bench.next()
            _ = try await bench.append("d", pending: 4)
            second.store()
            try await bench.batcher.settle(pending: 2)
            let late = try await bench.append("e", pending: 3)
            let third = try await bench.next()
            #expect(third.users == [["d"], ["e"]])
            third.store()
            #expect(try await late.value == .stored)
            first.store()
        }
    }
}
