import Analytics
import Logging
import Postgres
import Schema
import Store
import Support
import Testing

/// An error about the values of events refuses their batch; any other is a failure of the database, and is retried.
@Suite(.needsPostgres)
struct TroubleTests {
    private static let impatient: PostgresStore.Configuration = {
        var configuration = PostgresStore.Configuration()
        configuration.retryFor = .milliseconds(100)
        return configuration
    }()

    /// A new batch each time: a second one with the same id would count as the first, sent again.
    private static var batch: Batch {
        Batch(entries: [Batch.Entry(events: ["a", "bad", "c"].map { .sample(user: $0) })])
    }

    @Test(arguments: Flavour.allCases)
    func anErrorAboutAValueRefusesItsRow(flavour: Flavour) async throws {
        try await withStore(flavour, Self.impatient) { store, database in
            for code in ["22001", "22003", "22007", "22008", "22021", "22P02", "22P03", "22P05", "54000"] {
                try await database.fail(with: code)
                await #expect(throws: WriteError.refused(row: 1), "\(code)") { try await store.append(Self.batch) }
                #expect(try await database.count(.events) == 0, "\(code)")
                #expect(await store.writingObstacle() == nil, "\(code)")
                try await database.run("DROP TRIGGER failing ON event")
            }
        }
    }

    private static let otherErrors = [
        "22012", "22023", "2200H", "23502", "23505", "23514", "23P01", "25006", "25P02", "26000", "40001", "40P01",
        "42501", "42P01", "42P05", "53100", "53300", "53400", "55P03", "57014", "57P01", "58030", "P0001", "XX000",
        "HG099",
    ]

    @Test(arguments: Flavour.allCases)
    func anyOtherErrorIsTrouble(flavour: Flavour) async throws {
        var configuration = Self.impatient
        configuration.doubt = .milliseconds(100)
        try await withStore(flavour, configuration) { store, database in
            for (number, code) in Self.otherErrors.enumerated() {
                try await database.fail(with: code)
                let error = await #expect(throws: WriteError.self, "\(code)") { try await store.append(Self.batch) }
                #expect(error == .unavailable || error == .unknown, "\(code)")
                #expect(await store.writingObstacle()?.contains(code) == true, "\(code)")
                try await database.run("DROP TRIGGER failing ON event")
                #expect(try await store.append(Self.batch) == [.stored], "\(code)")
                #expect(await store.writingObstacle() == nil, "\(code)")
                #expect(try await database.count(.events) == 3 * (number + 1), "\(code)")
            }
        }
    }

    /// An error raised at the COMMIT names no row; the row is found by halving the batch.
    @Test(arguments: [0, 1, 2, 5, 41])
    func aRowThatIsRefusedAtTheEndIsFound(place: Int) async throws {
        try await withStore(.postgres, Self.impatient) { store, database in
            try await database.fail(with: "22003", deferred: true)
            let entries = (0..<42).map { Batch.Entry(events: [.sample(user: $0 == place ? "bad" : "good")]) }
            await #expect(throws: WriteError.refused(row: place)) { try await store.append(Batch(entries: entries)) }
            #expect(try await database.count(.events) == 0)
            #expect(try await database.count(.batches) == 0)
        }
    }

    /// The error has the SQLSTATE of a violated CHECK, but no constraint.
    @Test func aMissingPartitionIsTrouble() async throws {
        try await withStore(.postgres, Self.impatient) { store, database in
            try await database.run(
                """
                CREATE OR REPLACE FUNCTION make_partitions(hours timestamptz[]) RETURNS void LANGUAGE sql AS ''
                """
            )
            await #expect(throws: WriteError.unavailable) { try await store.append(Self.batch) }
            #expect(await store.writingObstacle()?.contains("no partition") == true)
        }
    }

    /// A batch in doubt is retried for longer than others, but the obstacle is reported before that time is over.
    @Test(arguments: Flavour.allCases)
    func aBatchInDoubtIsTroubleBeforeItIsGivenUp(flavour: Flavour) async throws {
        try await withStore(flavour, Self.impatient) { store, database in
            try await database.fail(with: "57P01")
            async let outcomes = store.append(Self.batch)
            try await eventually {
                await store.writingObstacle()?.contains("57P01") == true
            }
            try await database.run("DROP TRIGGER failing ON event")
            #expect(try await outcomes == [.stored])
            #expect(await store.writingObstacle() == nil)
        }
    }

    @Test func theReasonHoldsNoAddress() async throws {
        let store = PostgresStore(
            url: "host=127.0.0.1,127.0.0.1 port=1,2 user=u dbname=d",
            configuration: Self.impatient
        )
        await #expect(throws: WriteError.unavailable) { try await store.append(Self.batch) }
        #expect(await store.writingObstacle()?.contains("127.0.0.1") == false)
        store.close()
    }

    @Test(arguments: Flavour.allCases)
    func aReadOnlyDatabaseIsTrouble(flavour: Flavour) async throws {
        var configuration = Self.impatient
        configuration.doubt = .milliseconds(100)
        try await withStore(flavour, configuration) { store, database in
            #expect(try await store.append(Self.batch) == [.stored])
            try await database.setReadOnly(true)
            try await eventually {
                // The first error may be that of the terminated session, which leaves the COMMIT in doubt.
                let error = await #expect(throws: WriteError.self) { try await store.append(Self.batch) }
                #expect(error == .unavailable || error == .unknown)
                return await store.writingObstacle()?.contains("read-only") == true
            }
            try await database.setReadOnly(false)
            try await eventually { try await store.isStored(Self.batch) }
            #expect(try await database.count(.events) == 6)
        }
    }

    /// An open session turns read-only, as when its server is no longer the primary.
    @Test(arguments: Flavour.allCases)
    func aSessionThatTurnsReadOnlyIsReplaced(flavour: Flavour) async throws {
        try await withStore(flavour, Self.impatient) { store, database in
            try await database.fail(with: "25006")
            await #expect(throws: WriteError.unavailable) { try await store.append(Self.batch) }
            try await database.run("DROP TRIGGER failing ON event")
            try await eventually { try await store.isStored(Self.batch) }
        }
    }

    @Test(arguments: Flavour.allCases)
    func aLockThatTakesTooLongIsTrouble(flavour: Flavour) async throws {
        try await withStore(flavour, Self.impatient) { store, database in
            try await database.run("ALTER DATABASE \(database.name) SET lock_timeout = '20ms'")
            let blocker = try await Connection.open(database.url)
            try await blocker.run("BEGIN; LOCK TABLE hourglass.event IN EXCLUSIVE MODE")
            await #expect(throws: WriteError.unavailable) { try await store.append(Self.batch) }
            #expect(await store.writingObstacle()?.contains("55P03") == true)
            try await blocker.run("COMMIT")
            await blocker.close()
            #expect(try await store.append(Self.batch) == [.stored])
            #expect(try await database.count(.events) == 3)
        }
    }

    @Test(arguments: Flavour.allCases)
    func aCancelledBatchIsSentAgain(flavour: Flavour) async throws {
        var patient = PostgresStore.Configuration()
        patient.retryFor = .seconds(120)
        try await withStore(flavour, patient) { store, database in
            let blocker = try await Connection.open(database.url)
            try await blocker.run("BEGIN; LOCK TABLE hourglass.event IN EXCLUSIVE MODE")
            async let outcomes = store.append(Self.batch)
            let cancel = CancelWaiting(database: database.name)
            try await Connection.with(database.url) { other in
                try await eventually { try await other.execute(cancel).contains(true) }
            }
            try await blocker.run("COMMIT")
            await blocker.close()
            #expect(try await outcomes == [.stored])
            #expect(try await database.count(.events) == 3)
        }
    }

    /// The trouble is one line of the log when it begins, in the server's words, and one when it is over.
    @Test func troubleIsLoggedOnce() async throws {
        try await withDatabase(.postgres) { database in
            let log = CollectingLog()
            let store = PostgresStore(url: database.url, configuration: Self.impatient, logger: log.logger(.info))
            try await database.fail(with: "55P03")
            for _ in 1...3 { await #expect(throws: WriteError.unavailable) { try await store.append(Self.batch) } }
            try await database.run("DROP TRIGGER failing ON event")
            for _ in 1...3 { _ = try await store.append(Self.batch) }
            #expect(log.entries.count == 2)
            #expect(log.entries.first?.contains("planted failure (SQLSTATE 55P03)") == true)
            #expect(log.entries.last?.contains("events can be stored again") == true)
            store.close()
        }
    }

    /// A server that is not ready gets no requests, so it has to find out by itself that it can store again.
    @Test func troubleEndsWithoutTraffic() async throws {
        try await withDatabase(.postgres) { database in
            let store = PostgresStore(url: database.url, configuration: Self.impatient)
            try await withThrowingTaskGroup { group in
                group.addTask { try await store.run() }
                try await database.run("ALTER TABLE batch RENAME TO hidden")
                await #expect(throws: WriteError.unavailable) { try await store.append(Self.batch) }
                #expect(await store.writingObstacle() != nil)
                try await database.run("ALTER TABLE hidden RENAME TO batch")
                try await eventually {
                    await store.writingObstacle() == nil
                }
                group.cancelAll()
            }
        }
    }
}

extension TestDatabase {
    /// Lets every insert of the user `bad` fail with a SQLSTATE.
    fileprivate func fail(with code: String, deferred: Bool = false) async throws {
        let trigger =
            deferred
            ? "CONSTRAINT TRIGGER failing AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED"
            : "TRIGGER failing BEFORE INSERT ON event"
        try await run(
            """
            CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.user_id = 'bad' THEN RAISE EXCEPTION 'planted failure' USING ERRCODE = '\(code)'; END IF;
                RETURN NEW;
            END $$;
            CREATE \(trigger) FOR EACH ROW EXECUTE FUNCTION fail();
            """
        )
    }
}

extension PostgresStore {
    fileprivate func isStored(_ batch: Batch) async throws -> Bool {
        do {
            return try await append(batch) == [.stored]
        } catch WriteError.unavailable {
            return false
        }
    }
}

/// Cancels the statements that wait for a lock in a database; returns a row for each.
private struct CancelWaiting: Statement {
    static let sql = """
        SELECT pg_cancel_backend(pid) FROM pg_sleep(0.005), pg_stat_activity
         WHERE datname = $1 AND wait_event_type = 'Lock'
        """
    let database: String
    var parameters: Parameters { Parameters(database) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Bool {
        try row.decode(Bool.self)
    }
}
