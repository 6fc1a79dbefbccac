import Analytics
import Foundation
import Support
import SystemPackage
import Testing

@testable import Spool

struct SpoolTests {
    @Test func givesWhatWasAppendedInOrder() async throws {
        try await withScratch { path in
            let spool = try Spool(path)
            try spool.append(.sample("a", "b"), isInDoubt: false)
            try spool.append(.sample("c", "d", key: "k"), isInDoubt: false)
            let group = try #require(try spool.groups().first)
            #expect(group.batch.entries.map { $0.events.map(\.user.text) } == [["a", "b"], ["c", "d"]])
            #expect(group.batch.entries.map(\.key?.text) == [nil, "k"])
            #expect(group.batch.entries.last?.response == "yes")
            #expect(group.to == spool.end)
            #expect(group.batch.spoolRange?.from == spool.first)
            #expect(group.batch.spoolRange?.spool == spool.id)
        }
    }

    /// Users may be forgotten between two records that are delivered together.
    @Test func rowsTellWhenTheyWereAccepted() async throws {
        try await withScratch { path in
            let spool = try Spool(path)
            let start = Timestamp.now
            try spool.append(.sample("a", "b"), isInDoubt: false)
            let middle = Timestamp.now
            while Timestamp.now == middle {}
            try spool.append(.sample("c"), isInDoubt: false)
            try spool.append(.sample("d", key: "k"), isInDoubt: false)
            let entries = try #require(try spool.groups().first).batch.entries
            let times = try entries.map { try #require($0.accepted) }
            #expect(times.count >= 3)
            #expect(times[0] >= start && times[0] <= middle)
            #expect(times.dropFirst().allSatisfy { $0 > middle && $0 <= Timestamp.now })
            #expect(entries[0].events.map(\.user.text) == ["a", "b"])
        }
    }

    @Test func isFoundAgainByTheNextProcess() async throws {
        try await withScratch { path in
            let id: UUID
            do {
                let spool = try Spool(path)
                id = spool.id
                try spool.append(.sample("a"), isInDoubt: false)
            }
            let spool = try Spool(path)
            try spool.append(.sample("b"), isInDoubt: false)
            #expect(spool.id == id)
            #expect(try spool.users() == ["a", "b"])
        }
    }

    @Test func isUsedByOneProcessAtATime() async throws {
        try await withScratch { path in
            let spool = try Spool(path)
            #expect(throws: Spool.Failure.inUse(path)) { try Spool(path) }
            _ = spool.id
        }
    }

    @Test func aRecordInDoubtComesWholeAndAloneUnderItsId() async throws {
        try await withScratch { path in
            let spool = try Spool(path)
            let doubtful = Batch.sample("b", "c")
            try spool.append(.sample("a"), isInDoubt: false)
            try spool.append(doubtful, isInDoubt: true)
            try spool.append(.sample("d"), isInDoubt: false)
            let groups = try spool.groups(limit: 1)
            #expect(groups.map(\.isInDoubt) == [false, true, false])
            #expect(groups.map(\.count) == [1, 2, 1])
            #expect(groups[1].batch.id == doubtful.id)
            // A record known not to have been committed is like any other.
            let certain = try #require(try spool.next(from: groups[0].to, limit: 1, isCertain: true))
            #expect(!certain.isInDoubt)
            #expect(certain.count == 1)
            #expect(
                try spool.next(from: certain.to, limit: 5)?.batch.entries.flatMap(\.events).map(\.user.text) == [
                    "c", "d",
                ]
            )
        }
    }

    @Test func eventsOfOneKeyStayTogether() async throws {
        try await withScratch { path in
            let spool = try Spool(path)
            try spool.append(try .sample("a", "b", "c", key: "k"), isInDoubt: false)
            try spool.append(.sample("d"), isInDoubt: false)
            #expect(try spool.groups(limit: 1).map { $0.batch.entries.flatMap(\.events).count } == [3, 1])
        }
    }

    @Test func sitesAreDeliveredTogether() async throws {
        try await withScratch { path in
            let spool = try Spool(path)
            for site: Int32 in [1, 1, 2, 1] {
                let entry = Batch.Entry(events: [.sample(user: "\(site)", site: SiteID(rawValue: site))])
                try spool.append(Batch(entries: [entry]), isInDoubt: false)
            }
            let batches = try spool.groups().map(\.batch)
            #expect(batches.map { $0.entries.flatMap { $0.events.map(\.site.rawValue) } } == [[1, 1, 2, 1]])
        }
    }

    @Test func takesNoMoreThanItMay() async throws {
        try await withScratch { path in
            var limits = Spool.Limits()
            limits.bytes = 100
            let spool = try Spool(path, limits: limits)
            try spool.append(.sample("a"), isInDoubt: false)
            #expect(throws: Spool.Failure.full) { try spool.append(.sample("b"), isInDoubt: false) }
            #expect(spool.isFull)
            #expect(try spool.users() == ["a"])
        }
    }

    @Test func removesWhatHasBeenDelivered() async throws {
        try await withScratch { path in
            var limits = Spool.Limits()
            limits.segment = 1
            let spool = try Spool(path, limits: limits)
            for user in ["a", "b", "c"] { try spool.append(.sample(user), isInDoubt: false) }
            #expect(try segmentFiles(in: path).count == 3)
            let first = try #require(try spool.next(from: spool.first, limit: 1))
            try spool.forget(before: first.to)
            #expect(try segmentFiles(in: path).count == 2)
            #expect(spool.first == first.to)
            let end = spool.end
            try spool.clear(before: end)
            #expect(try segmentFiles(in: path).count == 1)
            #expect(spool.bytes == 0)
            // Positions continue, also in the next process.
            #expect(spool.end == end)
        }
    }

    /// The directory is older than the database: new records must lie behind the position of the database.
    @Test func goesOnBehindWhatTheDatabaseHas() async throws {
        try await withScratch { path in
            let spool = try Spool(path)
            try spool.append(.sample("a"), isInDoubt: false)
            let place = SpoolPosition(record: 10_000)
            try spool.skip(to: place)
            try spool.append(.sample("b"), isInDoubt: false)
            #expect(try spool.next(from: place, limit: 10)?.batch.entries.first?.events.first?.user.text == "b")
        }
    }

    /// Random batches, written by several processes one after the other, and read in random pieces.
    @Test(arguments: 0..<20)
    func losesAndDoublesNothing(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        try await withScratch { path in
            var limits = Spool.Limits()
            limits.segment = 2_000
            var written: [String] = []
            for _ in 0..<5 {
                let spool = try Spool(path, limits: limits)
                for _ in 0..<Int.random(in: 0...20, using: &generator) {
                    let users = (0..<Int.random(in: 1...30, using: &generator)).map { "\(written.count + $0)" }
                    written += users
                    let events = users.map { Event.sample(user: $0) }
                    let key = Bool.random(using: &generator) ? try IdempotencyKey(parsing: users[0]) : nil
                    let batch = Batch(entries: [Batch.Entry(events: events, key: key)])
                    try spool.append(batch, isInDoubt: Int.random(in: 0..<4, using: &generator) == 0)
                }
            }
            let spool = try Spool(path, limits: limits)
            var read: [String] = []
            var place = spool.first
            while let group = try spool.next(from: place, limit: .random(in: 1...50, using: &generator)) {
                read += group.batch.entries.flatMap(\.events).map(\.user.text)
                place = group.to
            }
            // Not in the same order: within a batch, entries without a key come first.
            #expect(read.sorted() == written.sorted())
            #expect(spool.damage == 0)
        }
    }
}
