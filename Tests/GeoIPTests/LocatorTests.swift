import Foundation
import GeoIP
import Support
import SystemPackage
import Testing

/// A database that is followed.
struct LocatorTests {
    private let log = CollectingLog()

    private func bytes(_ city: String, builtAt: UInt64 = UInt64(Date.now.timeIntervalSince1970)) -> [UInt8] {
        var writer = MMDBWriter([.init("1.0.0.0/8", ["city": ["names": ["en": .text(city)]]])])
        writer.builtAt = .uint64(builtAt)
        return writer.bytes
    }

    private func city(_ locator: GeoLocator) -> String? { locator.record(of: octets("1.2.3.4"))?.city }

    /// Replaces a file by renaming another one.
    private func replace(_ path: FilePath, by bytes: [UInt8]) throws {
        try write(bytes, to: FilePath("\(path).new"))
        try unsafe #require(rename("\(path).new", path.string) == 0)
    }

    @Test func aNewFileIsTakenAfterTwoLooks() async throws {
        try await withFile(bytes("Old")) { path in
            let locator = GeoLocator(path, logger: log.logger())
            #expect(city(locator) == nil)
            locator.look()
            #expect(city(locator) == "Old")
            try replace(path, by: bytes("New"))
            locator.look()
            #expect(city(locator) == "Old")
            locator.look()
            #expect(city(locator) == "New")
            locator.look()
            #expect(log.entries.count == 2)
            #expect(log.entries.allSatisfy { $0.contains("info took the GeoIP database") })
            #expect(locator.state.failures == 0)
        }
    }

    /// A file that grows from look to look is not read, and one that stays incomplete is refused once.
    @Test func aHalfWrittenFileLeavesTheFormerInUse() async throws {
        try await withFile(bytes("Old")) { path in
            let locator = GeoLocator(path, logger: log.logger())
            locator.look()
            let new = bytes("New")
            for count in [0, 10, 100, new.count - 1] {
                try write(Array(new.prefix(count)), to: path)
                locator.look()
                #expect(locator.state.failures == 0)
            }
            for _ in 0..<5 { locator.look() }
            #expect(city(locator) == "Old")
            #expect(locator.state.failures == 1)
            #expect(log.entries.count { $0.contains("cannot be used") } == 1)
            try write(new, to: path)
            locator.look()
            locator.look()
            #expect(city(locator) == "New")
            try write([], to: path)
            locator.look()
            locator.look()
            #expect(locator.state.failures == 2)
            #expect(locator.state.metadata?.type == "Test-City")
        }
    }

    @Test func aMissingFileIsNoError() async throws {
        try await withScratch { path in
            let locator = GeoLocator(path, logger: log.logger())
            for _ in 0..<3 { locator.look() }
            #expect(city(locator) == nil)
            #expect(log.entries.count == 1)
            #expect(log.entries[0].contains("info there is no GeoIP database"))
            try write(bytes("New"), to: path)
            locator.look()
            locator.look()
            #expect(city(locator) == "New")
            try FileManager.default.removeItem(atPath: path.string)
            locator.look()
            #expect(city(locator) == "New")
            locator.look()
            #expect(city(locator) == nil)
            #expect(locator.state.failures == 0)
        }
    }

    /// What the operating system refuses may succeed at the next look, without a change of the file.
    @Test func anUnreadableFileIsTriedAgain() async throws {
        try await withScratch { path in
            try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: false)
            let locator = GeoLocator(path, logger: log.logger())
            for _ in 0..<3 { locator.look() }
            #expect(locator.state.failures == 1)
            #expect(log.entries.count == 1)
            try FileManager.default.removeItem(atPath: path.string)
            try write(bytes("New"), to: path)
            locator.look()
            locator.look()
            #expect(city(locator) == "New")
        }
    }

    @Test func anOldDatabaseIsWarnedOf() async throws {
        try await withFile(bytes("Old", builtAt: 1_700_000_000)) { path in
            let locator = GeoLocator(path, logger: log.logger())
            locator.look()
            #expect(city(locator) == "Old")
            #expect(log.entries.count { $0.contains("warning took an old GeoIP database") } == 1)
        }
    }

    @Test func lookUpsAreCounted() async throws {
        try await withFile(bytes("X", builtAt: 1_700_000_000)) { path in
            let locator = GeoLocator(path, logger: log.logger())
            _ = city(locator)
            #expect(locator.state.metadata == nil && locator.state.loadedAt == nil)
            locator.look()
            for address in ["1.0.0.1", "1.2.3.4", "9.9.9.9", "::1", "::ffff:1.1.1.1"] {
                _ = locator.record(of: octets(address))
            }
            let state = locator.state
            #expect((state.found, state.missed) == (3, 2))
            #expect(state.metadata?.builtAt == 1_700_000_000)
            #expect(abs((state.loadedAt ?? 0) - Int(Date.now.timeIntervalSince1970)) < 60)
        }
    }

    /// The service looks when it starts, and ends when it is cancelled.
    @Test func itRunsUntilItIsCancelled() async throws {
        try await withFile(bytes("X")) { path in
            let locator = GeoLocator(path, logger: log.logger())
            try await withThrowingTaskGroup { group in
                group.addTask { await locator.run() }
                try await eventually { locator.state.metadata != nil }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(city(locator) == "X")
        }
    }
}
