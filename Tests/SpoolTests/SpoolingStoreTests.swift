import Analytics
import Foundation
import Support
import SystemPackage
import Testing

@testable import Spool

@Suite(.timeLimit(.minutes(1)))
struct SpoolingStoreTests {
    @Test func storesAtOnceWhileTheDatabaseIsThere() async throws {
        try await withScratch { path in
            let store = FakeStore()
            try await SpoolingStore.with(path, store) { spooling in
                _ = try await spooling.append(.sample("a"))
                #expect(store.users == ["a"])
                #expect(spooling.isCurrent)
                #expect(spooling.spool.bytes == 0)
            }
        }
    }

    @Test func spoolsWhileItIsAwayAndDeliversInOrder() async throws {
        try await withScratch { path in
            let store = FakeStore()
            try await SpoolingStore.with(path, store) { spooling in
                store.set(.away)
                for user in ["a", "b", "c"] { _ = try await spooling.append(.sample(user)) }
                #expect(!spooling.isCurrent)
                #expect(spooling.spool.bytes > 0)
                #expect(store.users == [])
                store.set(.takes)
                await wait(until: { spooling.isCurrent })
                #expect(store.users == ["a", "b", "c"])
                _ = try await spooling.append(.sample("d"))
                #expect(store.users == ["a", "b", "c", "d"])
                #expect(spooling.spool.bytes == 0)
            }
        }
    }

    @Test func deliversAfterARestart() async throws {
        try await withScratch { path in
            let store = FakeStore()
            store.set(.away)
            try await SpoolingStore.with(path, store) { _ = try await $0.append(.sample("a", "b")) }
            try await SpoolingStore.with(path, store) { spooling in
                #expect(!spooling.isCurrent)
                store.set(.takes)
                await wait(until: { spooling.isCurrent })
                #expect(store.users == ["a", "b"])
            }
        }
    }

    /// The database commits the batch, but the answer is lost.
    @Test func aBatchInDoubtIsNotDoubled() async throws {
        try await withScratch { path in
            let store = FakeStore()
            try await SpoolingStore.with(path, store) { spooling in
                store.set(.commitsUnheard)
                _ = try await spooling.append(.sample("a"))
                store.set(.takes)
                await wait(until: { spooling.isCurrent })
                #expect(store.users == ["a"])
            }
        }
    }

    /// The database commits a delivery, but the answer is lost: only the database has the new position.
    @Test func aDeliveryInDoubtIsNotDoubled() async throws {
        try await withScratch { path in
            let store = FakeStore()
            try await SpoolingStore.with(path, store) { spooling in
                store.set(.away)
                for user in ["a", "b", "c"] { _ = try await spooling.append(.sample(user)) }
                store.set(.commitsUnheard)
                await wait(until: { store.users.count == 3 })
                store.set(.takes)
                await wait(until: { spooling.isCurrent })
                #expect(store.users == ["a", "b", "c"])
            }
        }
    }

    @Test func aKeyUsedTwiceCountsOnce() async throws {
        try await withScratch { path in
            let store = FakeStore()
            try await SpoolingStore.with(path, store) { spooling in
                _ = try await spooling.append(try .sample("a", key: "k"))
                store.set(.away)
                _ = try await spooling.append(try .sample("b", key: "k"))
                _ = try await spooling.append(try .sample("c", key: "l"))
                _ = try await spooling.append(try .sample("d", key: "l"))
                store.set(.takes)
                await wait(until: { spooling.isCurrent })
                #expect(store.users == ["a", "c"])
            }
        }
    }

    @Test(arguments: [1, 2, 3, 7, 50])
    func whatTheDatabaseRefusesIsKeptAndTheRestIsStored(refused: Int) async throws {
        try await withScratch { path in
            let bad = Set((0..<refused).map { "bad \($0)" })
            let good = (0..<100).map { "good \($0)" }
            let store = FakeStore(refusing: bad)
            try await SpoolingStore.with(path, store) { spooling in
                store.set(.away)
                for user in (good + bad).shuffled() { _ = try await spooling.append(.sample(user)) }
                store.set(.takes)
                await wait(until: { spooling.isCurrent })
                #expect(store.users.sorted() == good.sorted())
                #expect(spooling.refusedCount == refused)
            }
            let kept = try String(contentsOfFile: path.appending("refused.ndjson").string, encoding: .utf8)
            let lines = kept.split(separator: "\n")
            #expect(lines.count == refused)
            #expect(lines.allSatisfy { $0.contains(#""event":"click""#) && $0.contains(#""user":"bad "#) })
        }
    }

    @Test func aRefusedRecordInDoubtLosesOnlyWhatIsRefused() async throws {
        try await withScratch { path in
            let store = FakeStore(refusing: ["bad"])
            do {
                let spool = try Spool(path)
                try spool.append(.sample("a", "bad", "b"), isInDoubt: true)
            }
            try await SpoolingStore.with(path, store) { spooling in
                await wait(until: { spooling.isCurrent })
                #expect(store.users == ["a", "b"])
                #expect(spooling.refusedCount == 1)
            }
        }
    }

    @Test func refusesWhenTheSpoolIsFullAndGoesOnWhenThereIsRoom() async throws {
        try await withScratch { path in
            let store = FakeStore()
            var limits = Spool.Limits()
            limits.bytes = 100
            try await SpoolingStore.with(path, store, limits: limits) { spooling in
                store.set(.away)
                _ = try await spooling.append(.sample("a"))
                await #expect(throws: WriteError.spoolFull) { try await spooling.append(.sample("b")) }
                store.set(.takes)
                await wait(until: { spooling.isCurrent })
                _ = try await spooling.append(.sample("c"))
                #expect(store.users == ["a", "c"])
            }
        }
    }

    /// The batch may have been stored, so the error must not deny it.
    @Test func doubtStaysDoubtWhenTheSpoolIsFull() async throws {
        try await withScratch { path in
            let store = FakeStore()
            var limits = Spool.Limits()
            limits.bytes = 10
            try await SpoolingStore.with(path, store, limits: limits) { spooling in
                store.set(.commitsUnheard)
                await #expect(throws: WriteError.unknown) { try await spooling.append(.sample("a")) }
            }
        }
    }

    /// Small batches are delivered together; one by one, the delivery would take as long as the outage.
    @Test func deliversManySmallBatchesInFewTransactions() async throws {
        try await withScratch { path in
            let store = FakeStore()
            try await SpoolingStore.with(path, store) { spooling in
                store.set(.away)
                for number in 0..<2_000 { _ = try await spooling.append(.sample("\(number)")) }
                store.set(.takes)
                await wait(until: { spooling.isCurrent })
                #expect(store.users == (0..<2_000).map(String.init))
                #expect(store.transactions == 1)
            }
        }
    }
}
