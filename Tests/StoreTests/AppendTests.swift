import Analytics
import Postgres
import Schema
import Store
import Support
import Testing

@Suite(.needsPostgres)
struct AppendTests {
    @Test(arguments: Flavour.allCases)
    func aBatchThatIsSentAgainIsStoredOnce(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            let batch = Batch(entries: [Batch.Entry(events: [.sample(), .sample(user: "b")])])
            _ = try await store.append(batch)
            _ = try await store.append(batch)
            #expect(try await database.count(.events) == 2)
        }
    }

    @Test(arguments: Flavour.allCases)
    func theSameEventInTwoBatchesCountsTwice(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            for _ in 1...2 { _ = try await store.append(Batch(entries: [Batch.Entry(events: [.sample()])])) }
            #expect(try await database.count(.events) == 2)
        }
    }

    @Test(arguments: Flavour.allCases)
    func aKeyThatWasUsedStoresNothingAndGivesTheFirstAnswer(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            let key = try IdempotencyKey(parsing: "it's a key\\".filter { $0 != " " })
            let first = Batch.Entry(events: [.sample()], key: key, response: #"{"accepted": 1, "é": "'\"}"#)
            let again = Batch.Entry(events: [.sample(user: "b")], key: key, response: "another")
            let other = Batch.Entry(events: [.sample(user: "c")])
            #expect(try await store.append(Batch(entries: [first])) == [.stored])
            let repeated = Outcome.repeated(firstResponse: first.response)
            #expect(try await store.append(Batch(entries: [other, again])) == [.stored, repeated])
            #expect(try await database.count(.events) == 2)
        }
    }

    @Test(arguments: Flavour.allCases)
    func aKeyTwiceInOneBatchStoresTheFirst(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            let key = try IdempotencyKey(parsing: "k")
            let entries = (0..<3).map { Batch.Entry(events: [.sample()], key: key, response: "\($0)") }
            #expect(
                try await store.append(Batch(entries: entries)) == [
                    .stored, .repeated(firstResponse: "0"), .repeated(firstResponse: "0"),
                ]
            )
            #expect(try await database.count(.events) == 1)
        }
    }

    /// After an unknown outcome the same batch is sent again: its own keys are no repetition, others' are.
    @Test(arguments: Flavour.allCases)
    func aBatchThatIsSentAgainFindsItsAnswers(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            let used = try IdempotencyKey(parsing: "used")
            let fresh = try IdempotencyKey(parsing: "fresh")
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [.sample()], key: used, response: "first")]))
            let batch = Batch(entries: [
                Batch.Entry(events: [.sample()], key: fresh, response: "own"),
                Batch.Entry(events: [.sample()], key: used, response: "second"),
            ])
            for _ in 1...2 { #expect(try await store.append(batch) == [.stored, .repeated(firstResponse: "first")]) }
            #expect(try await database.count(.events) == 2)
        }
    }

    @Test(arguments: Flavour.allCases)
    func theSameKeyFromManyConnectionsIsStoredOnce(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            let keys = try (0..<5).map { try IdempotencyKey(parsing: "k\($0)") }
            let fresh = try await withThrowingTaskGroup { group in
                for number in 0..<16 {
                    // Two orders of the keys, which would deadlock if the database locked them in the order given.
                    let entries = (number.isMultiple(of: 2) ? keys : keys.reversed()).map { key in
                        Batch.Entry(events: [.sample()], key: key, response: "\(number)")
                    }
                    group.addTask { try await store.append(Batch(entries: entries)).count { $0 == .stored } }
                }
                return try await group.reduce(0, +)
            }
            #expect(fresh == 5)
            #expect(try await database.count(.events) == 5)
        }
    }

    @Test(arguments: Flavour.allCases)
    func aRowThatTheDatabaseRefusesIsNamed(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            try await database.run("ALTER TABLE event ADD CONSTRAINT antidote CHECK (user_id <> 'poison')")
            let users = ["a", "b", "c", "poison", "d"]
            let batch = Batch(entries: [Batch.Entry(events: users.map { .sample(user: $0) })])
            await #expect(throws: WriteError.refused(row: 3)) { try await store.append(batch) }
            #expect(try await database.count(.events) == 0)
            #expect(try await database.count(.batches) == 0)
        }
    }

    /// The backends are killed over and over while batches are written: each batch is there once.
    @Test(arguments: Flavour.allCases)
    func killedBackendsLoseAndDoubleNothing(flavour: Flavour) async throws {
        var patient = PostgresStore.Configuration()
        patient.retryFor = .seconds(120)
        patient.doubt = .seconds(120)
        let committed = Counting()
        try await withStore(flavour, patient) { store, database in
            try await withThrowingTaskGroup { group in
                group.addTask { try await killBackends(of: database, whenever: committed) }
                try await withThrowingTaskGroup { writers in
                    for _ in 0..<4 {
                        writers.addTask {
                            for _ in 0..<100 {
                                let entry = Batch.Entry(events: (0..<25).map { .sample(user: "u\($0)") })
                                _ = try await store.append(Batch(entries: [entry]))
                                committed.next()
                            }
                        }
                    }
                    try await writers.waitForAll()
                }
                group.cancelAll()
                while let result = await group.nextResult() { _ = result }
            }
            #expect(try await database.count(.events) == 4 * 100 * 25)
        }
    }

    /// Kills every other backend of a database, each time after a few more batches have got through.
    ///
    /// Killing at fixed times would leave a slow machine nothing but connecting again.
    private func killBackends(of database: TestDatabase, whenever committed: Counting) async throws {
        try await Connection.with(database.url) { connection in
            while !Task.isCancelled {
                let before = committed.value
                try await connection.run(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """
                )
                while !Task.isCancelled, committed.value < before + 4 {
                    try await connection.run("SELECT pg_sleep(0.02)")
                }
            }
        }
    }

    @Test func aDatabaseThatIsAwayIsSaidToBeAway() async throws {
        var configuration = PostgresStore.Configuration()
        configuration.retryFor = .milliseconds(100)
        let store = PostgresStore(url: "host=/nowhere", configuration: configuration)
        await #expect(throws: WriteError.unavailable) {
            try await store.append(Batch(entries: [Batch.Entry(events: [.sample()])]))
        }
        await #expect(throws: QueryError.self) {
            try await store.hour(of: Site.standard, endingAt: Event.sample().time)
        }
        store.close()
    }
}

/// Lends a store on a database of its own.
func withStore(
    _ flavour: Flavour,
    _ configuration: PostgresStore.Configuration = PostgresStore.Configuration(),
    _ body: @Sendable (PostgresStore, TestDatabase) async throws -> Void
) async throws {
    try await withDatabase(flavour) { database in
        let store = PostgresStore(url: database.url, configuration: configuration)
        defer { store.close() }
        try await body(store, database)
    }
}
