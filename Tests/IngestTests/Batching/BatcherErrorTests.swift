import Analytics
import Ingest
import Testing

@Suite(.timeLimit(.minutes(5)))
struct BatcherErrorTests {
    private struct Unforeseen: Error, Equatable {}

    @Test(arguments: [WriteError.unavailable, WriteError.unknown, Unforeseen()] as [any Error])
    func reachesExactlyTheEntriesOfTheBatch(error: any Error) async throws {
        try await Bench.with { bench in
            let before = try await bench.append("a", pending: 1)
            let first = try await bench.next()
            let failing = [try await bench.append("b", pending: 2), try await bench.append("c", "d", pending: 4)]
            first.store()
            let second = try await bench.next()
            try await bench.batcher.settle(pending: 3)
            let after = try await bench.append("e", pending: 4)
            second.fail(error)
            try await bench.next().store()
            for outcome in failing {
                await #expect {
                    try await outcome.value
                } throws: {
                    $0 as? WriteError == error as? WriteError && $0 as? Unforeseen == error as? Unforeseen
                }
            }
            #expect(try await before.value == .stored)
            #expect(try await after.value == .stored)
        }
    }

    @Test(arguments: [(0, 0, 0), (1, 1, 0), (2, 1, 1), (3, 1, 2), (4, 2, 0), (5, 3, 0), (6, 3, 1)])
    func refusesOnlyTheEntryOfTheRow(row: Int, refused: Int, rowOfEntry: Int) async throws {
        let entries = [["a"], ["b", "c", "d"], ["e"], ["f", "g"]]
        try await Bench.with { bench in
            let (write, outcomes) = try await gathered(entries, bench)
            write.fail(WriteError.refused(row: row))
            let rest = try await bench.next()
            #expect(rest.users == Array(entries[..<refused] + entries[(refused + 1)...]))
            #expect(rest.batch.id != write.batch.id)
            rest.store()
            for (index, outcome) in outcomes.enumerated() {
                if index == refused {
                    await #expect(throws: WriteError.refused(row: rowOfEntry)) { try await outcome.value }
                } else {
                    #expect(try await outcome.value == .stored)
                }
            }
        }
    }

    @Test func findsThePlacesOfTheRestAnew() async throws {
        try await Bench.with { bench in
            let (write, outcomes) = try await gathered([["a"], ["b"], ["c", "d"], ["e"], ["f"]], bench)
            write.fail(WriteError.refused(row: 1))
            let second = try await bench.next()
            second.fail(WriteError.refused(row: 3))
            let third = try await bench.next()
            #expect(third.users == [["a"], ["c", "d"], ["f"]])
            third.store(repeated: [1: "before"])
            #expect(try await outcomes[0].value == .stored)
            await #expect(throws: WriteError.refused(row: 0)) { try await outcomes[1].value }
            #expect(try await outcomes[2].value == .repeated(firstResponse: "before"))
            await #expect(throws: WriteError.refused(row: 0)) { try await outcomes[3].value }
            #expect(try await outcomes[4].value == .stored)
        }
    }

    @Test func tellsTheRestWhatBecomesOfIt() async throws {
        try await Bench.with { bench in
            let (write, outcomes) = try await gathered([["a"], ["b"], ["c"]], bench)
            write.fail(WriteError.refused(row: 2))
            try await bench.next().fail(WriteError.unavailable)
            await #expect(throws: WriteError.unavailable) { try await outcomes[0].value }
            await #expect(throws: WriteError.unavailable) { try await outcomes[1].value }
            await #expect(throws: WriteError.refused(row: 0)) { try await outcomes[2].value }
        }
    }

    @Test func keepsTheHalfThatIsStoredWhenTheOtherFails() async throws {
        try await Bench.with { bench in
            let (write, outcomes) = try await gathered([["a"], ["b"], ["c"], ["d"]], bench)
            write.fail(WriteError.refused(row: nil))
            let half = try await bench.next()
            #expect(half.users == [["a"], ["b"]])
            half.store(repeated: [1: "before"])
            try await bench.next().fail(WriteError.unknown)
            #expect(try await outcomes[0].value == .stored)
            #expect(try await outcomes[1].value == .repeated(firstResponse: "before"))
            await #expect(throws: WriteError.unknown) { try await outcomes[2].value }
            await #expect(throws: WriteError.unknown) { try await outcomes[3].value }
        }
    }

    @Test(arguments: [nil, 0, 1, -1, 99])
    func refusesAnEntryThatIsAlone(row: Int?) async throws {
        try await Bench.with { bench in
            let outcome = try await bench.append("a", "b", pending: 2)
            try await bench.next().fail(WriteError.refused(row: row))
            await #expect(throws: WriteError.refused(row: row)) { try await outcome.value }
        }
    }

    @Test(arguments: [nil, -1, 4, 99, Int.max, Int.min])
    func halvesWhenTheRowIsNoneOfTheBatch(row: Int?) async throws {
        try await Bench.with { bench in
            let (write, outcomes) = try await gathered([["a"], ["b", "c"], ["d"]], bench)
            write.fail(WriteError.refused(row: row))
            var users: [[String]] = []
            for _ in 0..<2 {
                let half = try await bench.next()
                users += half.users
                half.store()
            }
            #expect(users == [["a"], ["b", "c"], ["d"]])
            for outcome in outcomes { #expect(try await outcome.value == .stored) }
        }
    }

    /// Appends the entries while another write is under way, so that they are one batch.
    private func gathered(_ entries: [[String]], _ bench: Bench) async throws -> (Gate.Held, [Promise<Outcome>]) {
        _ = try await bench.append("first", pending: 1)
        let first = try await bench.next()
        var pending = 1
        var outcomes: [Promise<Outcome>] = []
        for users in entries {
            pending += users.count
            outcomes.append(try await bench.batcher.begin(.users(users), pending: pending))
        }
        first.store()
        let write = try await bench.next()
        #expect(write.users == entries)
        return (write, outcomes)
    }
}
