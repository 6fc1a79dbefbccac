import Analytics
import Foundation
import Support
import SystemPackage
import Testing

@testable import Spool

/// Events that the database does not store are kept beside the spool, once, and delivery continues behind them.
@Suite(.timeLimit(.minutes(1)))
struct LeftOutTests {
    /// While the position cannot be moved, the event is refused again; it is written once.
    @Test(arguments: [0, 1, 5])
    func whatIsRefusedIsWrittenOnce(failures: Int) async throws {
        try await withScratch { path in
            let store = FakeStore(refusing: ["bad"])
            store.failMoves(failures)
            try await SpoolingStore.with(path, store) { spooling in
                try await spool("a", "bad", "c", to: spooling, store)
                #expect(store.users == ["a", "c"])
                #expect(spooling.refusedCount == 1)
            }
            #expect(try refusedUsers(path) == ["bad"])
        }
    }

    /// The event is refused, the position cannot be moved, and the next attempt stores the event.
    @Test func whatIsStoredAfterAllIsNotKeptAsRefused() async throws {
        try await withScratch { path in
            let store = FakeStore(refusing: ["bad"])
            try await SpoolingStore.with(path, store) { spooling in
                try await spoolUntilAMoveFails(to: spooling, store)
                store.refuse([])
                await wait(until: { spooling.isCurrent })
                #expect(store.users == ["a", "bad", "c"])
                #expect(spooling.refusedCount == 0)
            }
            #expect(try refusedUsers(path) == [])
        }
    }

    /// The process ends after the event is written and before the position is moved; the next one finds that out.
    @Test func whatIsStoredAfterARestartIsNotKeptAsRefused() async throws {
        try await withScratch { path in
            let store = FakeStore(refusing: ["bad"])
            try await SpoolingStore.with(path, store) { spooling in
                try await spoolUntilAMoveFails(to: spooling, store)
            }
            #expect(try refusedUsers(path) == ["bad"])
            store.refuse([])
            store.failMoves(0)
            try await SpoolingStore.with(path, store) { spooling in
                await wait(until: { spooling.isCurrent })
                #expect(store.users == ["a", "bad", "c"])
            }
            #expect(try refusedUsers(path) == [])
        }
    }

    /// The file has a line of an earlier release, without a position, and an incomplete line.
    @Test func whatWasLeftOutLongAgoStays() async throws {
        try await withScratch { path in
            try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
            let old = #"{"timestamp":1000,"user":"old","event":"click"}"# + "\n"
            let file = path.appending("refused.ndjson")
            try Data((old + #"{"timesta"#).utf8).write(to: URL(filePath: file.string))
            let store = FakeStore(refusing: ["bad"])
            try await SpoolingStore.with(path, store) { try await spool("a", "bad", to: $0, store) }
            #expect(try refusedUsers(path) == ["old", "bad"])
        }
    }

    @Test func aBatchInTroubleOfItsOwnIsSetAside() async throws {
        try await withScratch { path in
            let store = FakeStore(troubled: ["bad"])
            try await SpoolingStore.with(path, store, longestTrouble: .zero) { spooling in
                try await spool("a", "b", "bad", "c", "d", to: spooling, store)
                #expect(store.users == ["a", "b", "c", "d"])
                #expect(spooling.filesSetAside.count == 1)
                #expect(spooling.eventsSetAside == 1)
                let moment = Event.sample().time
                #expect(spooling.lacksEvents(of: Site.standard, at: moment))
                #expect(!spooling.lacksEvents(of: Site.standard, at: moment.advanced(by: .seconds(-7200))))
                // Later events are stored directly.
                _ = try await spooling.append(.sample("e"))
                #expect(store.users.last == "e")
            }
            store.trouble([])
            try await SpoolingStore.with(path, store) { spooling in
                await wait(until: { spooling.filesSetAside.isEmpty })
                #expect(store.users == ["a", "b", "c", "d", "e", "bad"])
            }
        }
    }

    /// The answer of the database is lost; the database recognizes the batch by its id.
    @Test func aBatchThatWasSetAsideIsStoredOnce() async throws {
        try await withScratch { path in
            let store = FakeStore(troubled: ["bad"])
            try await SpoolingStore.with(path, store, longestTrouble: .zero) {
                try await spool("bad", "c", to: $0, store)
            }
            store.trouble([])
            store.set(.commitsUnheard)
            try await SpoolingStore.with(path, store) { _ in await wait(until: { store.users.contains("bad") }) }
            store.set(.takes)
            try await SpoolingStore.with(path, store) { spooling in
                await wait(until: { spooling.filesSetAside.isEmpty })
                #expect(store.users == ["c", "bad"])
            }
        }
    }

    /// The position cannot be moved behind the batch, and the next attempt stores it.
    @Test func aBatchThatIsStoredAfterAllIsNotSetAside() async throws {
        try await withScratch { path in
            let store = FakeStore(troubled: ["bad"])
            try await SpoolingStore.with(path, store, longestTrouble: .zero) { spooling in
                try await spoolUntilAMoveFails(to: spooling, store)
                store.trouble([])
                await wait(until: { spooling.isCurrent })
                #expect(store.users == ["a", "bad", "c"])
                #expect(spooling.filesSetAside.isEmpty)
            }
        }
    }

    @Test func anOutageSetsNothingAside() async throws {
        try await withScratch { path in
            let store = FakeStore()
            try await SpoolingStore.with(path, store, longestTrouble: .zero) { spooling in
                store.set(.away)
                _ = try await spooling.append(.sample("a"))
                for _ in 0..<20 { #expect(await !spooling.isTroubleOfItsOwn(at: spooling.spool.first)) }
                store.set(.takes)
                await wait(until: { spooling.isCurrent })
                #expect(store.users == ["a"])
                #expect(spooling.filesSetAside.isEmpty)
            }
        }
    }

    /// The batch is retried for a minute.
    @Test func aShortTroubleSetsNothingAside() async throws {
        try await withScratch { path in
            let store = FakeStore(troubled: ["bad"])
            try await SpoolingStore.with(path, store) { spooling in
                store.set(.away)
                for user in ["a", "bad", "c"] { _ = try await spooling.append(.sample(user)) }
                store.set(.takes)
                let before = store.transactions
                await wait(until: { store.transactions > before + 2 })
                store.trouble([])
                await wait(until: { spooling.isCurrent })
                #expect(store.users == ["a", "bad", "c"])
                #expect(spooling.filesSetAside.isEmpty)
            }
        }
    }

    /// Spools events while the store is away, and waits until they are delivered or left out.
    private func spool(_ users: String..., to spooling: SpoolingStore, _ store: FakeStore) async throws {
        store.set(.away)
        for user in users { _ = try await spooling.append(.sample(user)) }
        store.set(.takes)
        await wait(until: { spooling.isCurrent })
    }

    /// Spools three events while the store is away, and waits until a move of the position has failed.
    private func spoolUntilAMoveFails(to spooling: SpoolingStore, _ store: FakeStore) async throws {
        let many = 1_000_000
        store.failMoves(many)
        store.set(.away)
        for user in ["a", "bad", "c"] { _ = try await spooling.append(.sample(user)) }
        store.set(.takes)
        await wait(until: { store.failingMoves < many })
    }

    private func refusedUsers(_ path: FilePath) throws -> [String] {
        let file = path.appending("refused.ndjson").string
        guard FileManager.default.fileExists(atPath: file) else { return [] }
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        return lines.compactMap { $0.firstMatch(of: /"user":"([^"]*)"/).map { String($0.1) } }
    }
}
