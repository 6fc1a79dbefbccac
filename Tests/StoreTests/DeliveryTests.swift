import Analytics
import Foundation
import Schema
import Store
import Support
import Testing

/// A delivery of a spool stores its events and its position in one transaction.
@Suite(.needsPostgres)
struct DeliveryTests {
    private let spool = UUID()
    private let start = SpoolPosition(record: 100)

    private func batch(
        _ users: [String],
        id: UUID = UUID(),
        from: SpoolPosition,
        to: SpoolPosition
    ) -> Batch {
        Batch(
            id: id,
            entries: [Batch.Entry(events: users.map { .sample(user: $0) })],
            spoolRange: SpoolRange(spool: spool, from: from, to: to)
        )
    }

    @Test(arguments: Flavour.allCases)
    func aDeliveryMovesThePlace(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            #expect(try await store.locate(spool, first: start, isEmpty: true) == start)
            let to = SpoolPosition(record: 200, part: 3)
            _ = try await store.append(batch(["a", "b"], from: start, to: to))
            #expect(try await store.locate(spool, first: start, isEmpty: false) == to)
            #expect(try await database.count(.events) == 2)
        }
    }

    @Test(arguments: Flavour.allCases)
    func whatHasBeenDeliveredIsNotStoredAgain(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            _ = try await store.locate(spool, first: start, isEmpty: true)
            let next = SpoolPosition(record: 200)
            _ = try await store.append(batch(["a"], from: start, to: next))
            // Other ranges of the same records under other ids, as after a restart.
            for to in [next, SpoolPosition(record: 150), SpoolPosition(record: 300)] {
                await #expect(throws: WriteError.misplaced) {
                    try await store.append(batch(["a", "b"], from: start, to: to))
                }
            }
            #expect(try await database.count(.events) == 1)
            #expect(try await store.locate(spool, first: start, isEmpty: false) == next)
        }
    }

    /// The outcome of the batch was unknown, so it was spooled, but it had been committed.
    @Test(arguments: Flavour.allCases)
    func aBatchThatHadBeenCommittedOnlyMovesThePlace(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            _ = try await store.locate(spool, first: start, isEmpty: true)
            let id = UUID()
            _ = try await store.append(Batch(id: id, entries: [Batch.Entry(events: [.sample()])]))
            let to = SpoolPosition(record: 200)
            _ = try await store.append(batch(["a"], id: id, from: start, to: to))
            #expect(try await database.count(.events) == 1)
            #expect(try await store.locate(spool, first: start, isEmpty: false) == to)
        }
    }

    @Test(arguments: Flavour.allCases)
    func aRefusedDeliveryDoesNotMoveThePlace(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            _ = try await store.locate(spool, first: start, isEmpty: true)
            let poison = Event(time: .init(seconds: 1), user: User(stored: "a\u{0}b"), kind: .click)
            let range = SpoolRange(spool: spool, from: start, to: SpoolPosition(record: 200))
            await #expect(throws: WriteError.refused(row: 0)) {
                try await store.append(Batch(entries: [Batch.Entry(events: [poison])], spoolRange: range))
            }
            #expect(try await store.locate(spool, first: start, isEmpty: false) == start)
        }
    }

    @Test(arguments: Flavour.allCases)
    func aDeliveryOfNothingMovesThePlace(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            _ = try await store.locate(spool, first: start, isEmpty: true)
            let to = SpoolPosition(record: 200)
            let range = SpoolRange(spool: spool, from: start, to: to)
            _ = try await store.append(Batch(entries: [], spoolRange: range))
            #expect(try await store.locate(spool, first: start, isEmpty: false) == to)
        }
    }

    /// A spool that has not been empty since may hold a batch in doubt; only its id prevents that it is stored twice.
    @Test(arguments: Flavour.allCases)
    func idsAreKeptAsLongAsASpoolMayNeedThem(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [.sample()])]))
            _ = try await store.locate(spool, first: start, isEmpty: true)
            try await database.run(
                """
                UPDATE batch SET committed_at = now() - INTERVAL '3 hours';
                UPDATE spool SET emptied_at = now() - INTERVAL '150 minutes';
                SELECT prune();
                """
            )
            #expect(try await database.count(.batches) == 1)
            _ = try await store.locate(spool, first: start, isEmpty: false)
            try await database.run("SELECT prune()")
            #expect(try await database.count(.batches) == 1)
            _ = try await store.locate(spool, first: start, isEmpty: true)
            try await Maintenance.refreshing(database).round(isPruning: true)
            #expect(try await database.count(.batches) == 0)
        }
    }

    /// A spooled request is stored though its key is another request's: it was acknowledged before the keys were
    /// compared.
    @Test(arguments: Flavour.allCases)
    func anAcknowledgedRequestIsStoredUnderAnotherOnesKey(flavour: Flavour) async throws {
        try await withStore(flavour) { store, database in
            _ = try await store.locate(spool, first: start, isEmpty: true)
            let key = try IdempotencyKey(parsing: "k")
            let entry = { (user: String, byte: UInt8) in
                Batch.Entry(
                    events: [.sample(user: user)],
                    key: key,
                    fingerprint: Fingerprint(Array(repeating: byte, count: Fingerprint.count)),
                    response: "first"
                )
            }
            #expect(try await store.append(Batch(entries: [entry("a", 1)])) == [.stored])
            #expect(try await store.append(Batch(entries: [entry("b", 2)])) == [.conflicting])
            let spooled = Batch(
                entries: [entry("a", 1), entry("b", 2)],
                spoolRange: SpoolRange(spool: spool, from: start, to: SpoolPosition(record: 200))
            )
            #expect(try await store.append(spooled) == [.repeated(firstResponse: "first"), .stored])
            #expect(try await database.count(.events) == 2)
        }
    }
}
