import Analytics
import Ingest
import Support
import Testing

@Suite(.timeLimit(.minutes(5)))
struct PoisonTests {
    @Test(arguments: 0..<16)
    func isFoundByHalving(place: Int) async throws {
        let users = (0..<16).map { "user \($0)" }
        let database = FakeDatabase(refusing: [users[place]])
        let results = try await results(of: users.map { .users([$0]) }, database)
        for (index, result) in results.enumerated() {
            #expect(result == (index == place ? .failure(.refused(row: nil)) : .success(.stored)))
        }
        #expect(database.users.sorted() == users.filter { $0 != users[place] }.sorted())
        // All, and then on each of four levels the half that holds it and the half that does not.
        #expect(database.writes == 9)
    }

    @Test func isFoundAtOnceByItsRow() async throws {
        let users = (0..<16).map { "user \($0)" }
        let database = FakeDatabase(refusing: [users[3], users[11]], sayingWhichRow: true)
        let results = try await results(of: users.map { .users([$0]) }, database)
        for (index, result) in results.enumerated() {
            #expect(result == (index == 3 || index == 11 ? .failure(.refused(row: 0)) : .success(.stored)))
        }
        #expect(database.users.count == 14)
        #expect(database.writes == 3)
    }

    @Test(arguments: [false, true])
    func mayBeInEveryEntry(saysWhichRow: Bool) async throws {
        let users = (0..<100).map { "user \($0)" }
        let database = FakeDatabase(refusing: Set(users), sayingWhichRow: saysWhichRow)
        let results = try await results(of: users.map { .users([$0]) }, database)
        #expect(results == users.map { _ in .failure(.refused(row: saysWhichRow ? 0 : nil)) })
        #expect(database.users.isEmpty)
    }

    @Test(arguments: 0..<50)
    func failsAloneWhereverItIs(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let saysWhichRow = Bool.random(using: &random)
        var poison: Set<String> = []
        var entries: [Batch.Entry] = []
        for entry in 0..<Int.random(in: 1...40, using: &random) {
            let users = (0..<Int.random(in: 1...5, using: &random)).map { "\(entry) \($0)" }
            if random.chance(5), let user = users.randomElement(using: &random) { poison.insert(user) }
            entries.append(.users(users, response: random.chance(4) ? "answer of \(entry)" : ""))
        }
        let database = FakeDatabase(refusing: poison, sayingWhichRow: saysWhichRow)
        let results = try await results(of: entries, database)
        var stored: [String] = []
        for (entry, result) in zip(entries, results) {
            let users = entry.events.map(\.user.text)
            if let row = users.firstIndex(where: poison.contains) {
                #expect(result == .failure(.refused(row: saysWhichRow ? row : nil)))
            } else if entry.response.isEmpty {
                #expect(result == .success(.stored))
                stored += users
            } else {
                #expect(result == .success(.repeated(firstResponse: entry.response)))
            }
        }
        #expect(database.users == stored)
    }

    /// Lets the batcher run only when it has all entries, so that they are one batch.
    private func results(
        of entries: [Batch.Entry],
        _ database: FakeDatabase
    ) async throws -> [Result<Outcome, WriteError>] {
        let batcher = Batcher(limits: Batcher.Limits(writers: 1), write: database.write)
        var pending = 0
        var outcomes: [Promise<Outcome>] = []
        for entry in entries {
            pending += entry.events.count
            outcomes.append(try await batcher.begin(entry, pending: pending))
        }
        batcher.close()
        await batcher.run()
        var results: [Result<Outcome, WriteError>] = []
        for outcome in outcomes {
            do {
                results.append(.success(try await outcome.value))
            } catch let error as WriteError {
                results.append(.failure(error))
            }
        }
        return results
    }
}
