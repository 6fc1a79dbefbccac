import Analytics
import Support
import Testing

/// The promises of every `EventStore` about batches.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct EventStoreTests {
    private static func entry(_ user: String, key: String? = nil, request: UInt8 = 1) throws -> Batch.Entry {
        Batch.Entry(
            events: [.sample(user: user)],
            key: try key.map { try IdempotencyKey(parsing: $0) },
            fingerprint: key == nil ? nil : Fingerprint(Array(repeating: request, count: Fingerprint.count)),
            response: "response to \(user)"
        )
    }

    @Test(arguments: ExaminedStore.all)
    func outcomesAreInTheOrderOfTheEntries(examined: ExaminedStore) async throws {
        try await examined.with { store, database, held in
            let first = try await store.append(
                Batch(entries: [
                    Self.entry("a"), Self.entry("b", key: "k"), Self.entry("c"), Self.entry("d", key: "k"),
                    Self.entry("e", key: "k", request: 2), Self.entry("f"),
                ])
            )
            let repeated = Outcome.repeated(firstResponse: "response to b")
            #expect(first == [.stored, .stored, .stored, repeated, .conflicting, .stored])
            let second = try await store.append(
                Batch(entries: [
                    Self.entry("g", key: "k", request: 2), Self.entry("h", key: "l"), Self.entry("i", key: "k"),
                ])
            )
            #expect(second == [.conflicting, .stored, repeated])
            #expect(try await database.count(.events) == held.count + 5)
        }
    }

    @Test(arguments: ExaminedStore.all)
    func aBatchThatIsSentTwiceIsStoredOnce(examined: ExaminedStore) async throws {
        try await examined.with { store, database, held in
            _ = try await store.append(Batch(entries: [Self.entry("a", key: "used")]))
            let batch = Batch(
                entries: try [Self.entry("b"), Self.entry("c", key: "fresh"), Self.entry("d", key: "used")]
            )
            let outcomes: [Outcome] = [.stored, .stored, .repeated(firstResponse: "response to a")]
            for _ in 1...2 { #expect(try await store.append(batch) == outcomes) }
            #expect(try await database.count(.events) == held.count + 3)
        }
    }

    @Test(arguments: ExaminedStore.all)
    func anEmptyBatchHasNoOutcomes(examined: ExaminedStore) async throws {
        try await examined.with { store, database, held in
            let outcomes = try await store.append(Batch(entries: []))
            #expect(outcomes == [])
            #expect(try await database.count(.events) == held.count)
        }
    }

    @Test(arguments: ExaminedStore.all)
    func rowsThatAreRefusedAreNamed(examined: ExaminedStore) async throws {
        try await examined.with { store, database, held in
            try await database.run("ALTER TABLE event ADD CONSTRAINT antidote CHECK (user_id <> 'poison')")
            let entries = try ["a", "b", "poison", "c"].map { try Self.entry($0) }
            await #expect(throws: WriteError.refused(row: 2)) { try await store.append(Batch(entries: entries)) }
            #expect(try await database.count(.events) == held.count)
            let others = entries.filter { $0.events.first?.user.text != "poison" }
            #expect(try await store.append(Batch(entries: others)) == [.stored, .stored, .stored])
            #expect(try await database.count(.events) == held.count + 3)
        }
    }

    @Test(arguments: ExaminedStore.all)
    func aKeyIsUsedOnceByHoweverMany(examined: ExaminedStore) async throws {
        try await examined.with { store, database, held in
            let stored = try await withThrowingTaskGroup { group in
                for writer in 0..<8 {
                    group.addTask {
                        let batch = Batch(entries: try (0..<4).map { try Self.entry("\(writer)", key: "k\($0)") })
                        return try await store.append(batch).count { $0 == .stored }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(stored == 4)
            #expect(try await database.count(.events) == held.count + 4)
        }
    }
}
