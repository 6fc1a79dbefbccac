import Analytics
import Foundation
import Support
import Synchronization
import SystemPackage
import Testing

@testable import Spool

struct RecordLayoutTests {
    private let id = UUID()
    private let site = SiteID(rawValue: 7)

    @Test func everythingIsKept() throws {
        var generator = SeededGenerator(seed: 3)
        let hits = (0..<20).map { _ in Hit.random(using: &generator) }
        let fingerprint = Fingerprint(Array(0..<32))
        let key = try IdempotencyKey(parsing: "k")
        let request = KeyedRequest(site: site, key: key, fingerprint: fingerprint, response: "answer")
        let entry = Batch.Entry(events: [.sample(site: site)], hits: Array(hits[10...]), request: request)
        let unkeyed = Batch.Entry(events: [.sample(user: "b")], hits: Array(hits[..<10]))
        let record = Record(
            batch: Batch(id: id, entries: [entry, unkeyed]),
            isInDoubt: true,
            written: Timestamp(seconds: 1)
        )
        let read = try #require(records(record.bytes).first)
        #expect(read.batch.id == id)
        #expect(read.isInDoubt)
        #expect(read.written == Timestamp(seconds: 1))
        #expect(read.batch.entries.map(\.events) == [unkeyed.events, entry.events])
        #expect(read.batch.entries.map(\.hits) == [unkeyed.hits, entry.hits])
        #expect(read.batch.entries.map(\.request?.site) == [nil, site])
        #expect(read.batch.entries.map(\.fingerprint) == [nil, fingerprint])
        #expect(read.batch.entries.map(\.key?.text) == [nil, "k"])
        #expect(read.batch.entries.map(\.response) == ["", "answer"])
        #expect(read.parts == 12)
    }

    /// Records of the releases before, whose events have the site of their batch.
    @Test(arguments: [StoredLayout.first, StoredLayout.fingerprints])
    func theLayoutsBeforeAreRead(layout: UInt8) throws {
        let former = FormerRecord(id: id, layout: layout, site: 7)
        // A record of this release follows it.
        let next = Record(batch: .sample("c"), isInDoubt: false, written: Timestamp(seconds: 6))
        let batches = records(former.bytes + next.bytes).map(\.batch)
        #expect(batches.map { $0.entries.flatMap { $0.events.map(\.user.text) } } == [["a", "b"], ["c"]])
        #expect(batches.map { $0.entries.flatMap { $0.events.map(\.site) } } == [[site, site], [Site.standard]])
        #expect(batches.first?.id == id)
        #expect(batches.first?.entries.map(\.key?.text) == [nil, "k"])
        #expect(batches.first?.entries.map(\.request?.site) == [nil, site])
        #expect(batches.first?.entries.map(\.response) == ["", "answer"])
        let fingerprint = layout == StoredLayout.first ? nil : Fingerprint(Array(repeating: 9, count: 32))
        #expect(batches.first?.entries.map(\.fingerprint) == [nil, fingerprint])
    }

    /// A spool that the release before has left is delivered.
    @Test(.timeLimit(.minutes(1)))
    func aSpoolOfTheLayoutBeforeIsDelivered() async throws {
        try await withScratch { path in
            let bytes = FormerRecord(id: id, layout: StoredLayout.fingerprints, site: 1).bytes
            try write(bytes, to: path)
            let store = FakeStore()
            try await SpoolingStore.with(path, store) { spooling in
                await wait(until: { spooling.isCurrent })
                #expect(store.users == ["a", "b"])
                #expect(await spooling.checks().allSatisfy(\.isWell))
            }
        }
    }

    /// A record of a layout to come is no damage: what is before it is delivered, it is kept, and readiness tells why.
    @Test(.timeLimit(.minutes(1)))
    func aSpoolOfALayoutToComeIsKept() async throws {
        try await withScratch { path in
            let known = Record(batch: .sample("a"), isInDoubt: false, written: Timestamp(seconds: 6)).bytes
            let unknown = futureRecord()
            try write(known + unknown, to: path)
            let store = FakeStore()
            try await SpoolingStore.with(path, store) { spooling in
                await wait(until: { spooling.unknownLayout.withLock(\.self) != nil })
                let check = try #require(await spooling.checks().first { !$0.isWell })
                #expect(check.name == "spooled")
                #expect(check.severity == .degraded)
                #expect(check.obstacle?.contains("layout \(StoredLayout.current + 1)") == true)
                #expect(store.users == ["a"])
                #expect(spooling.spool.damage == 0)
                #expect(!spooling.isCurrent)
                // Events are still taken.
                #expect(try await spooling.append(.sample("b")) == [.stored])
            }
            let kept = try Data(contentsOf: URL(filePath: path.appending("0000000000000000.spool").string))
            #expect(Array(kept) == known + unknown)
        }
    }

    /// Events that another release set aside are missing in every answer, for their hours are not known.
    @Test(.timeLimit(.minutes(1)))
    func aBatchSetAsideOfALayoutToComeIsKept() async throws {
        try await withScratch { path in
            let folder = path.appending("aside")
            try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
            let file = URL(filePath: folder.appending("0-0.batch").string)
            try Data(futureRecord()).write(to: file)
            let store = FakeStore()
            // The position of the store is behind it.
            _ = try await store.locate(UUID(), first: SpoolPosition(record: 1_000), isEmpty: true)
            try await SpoolingStore.with(path, store) { spooling in
                let check = try #require(await spooling.checks().first { !$0.isWell })
                #expect(check.obstacle?.contains("layout \(StoredLayout.current + 1)") == true)
                await #expect(throws: QueryError.incomplete(.setAside)) {
                    try await spooling.hour(of: Site.standard, endingAt: Timestamp(seconds: 1))
                }
            }
            #expect(FileManager.default.fileExists(atPath: file.path))
        }
    }

    /// The bytes of a record that a release to come has written.
    private func futureRecord() -> [UInt8] {
        let record = Record(batch: .sample("x"), isInDoubt: false, written: Timestamp(seconds: 6)).bytes
        var head = Record.mark(of: StoredLayout.current + 1) + record[4..<12]
        head.append(bigEndian: CRC32C.checksum(head.span))
        return head + record[16...]
    }

    private func write(_ bytes: [UInt8], to path: FilePath) throws {
        try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: path.appending("0000000000000000.spool").string))
    }

    private func records(_ bytes: [UInt8]) -> [Record] {
        var scanner = RecordScanner(bytes)
        var records: [Record] = []
        while case .record(let record, _) = scanner.next() { records.append(record) }
        return records
    }
}

/// A record as the releases before wrote it, with an event without a key and one with a key.
private struct FormerRecord {
    let id: UUID
    let layout: UInt8
    let site: Int32

    var bytes: [UInt8] {
        var rest: [UInt8] = []
        rest.append(bigEndian: Int64(5_000))
        rest.append(0)
        let b = id.uuid
        rest += [b.0, b.1, b.2, b.3, b.4, b.5, b.6, b.7, b.8, b.9, b.10, b.11, b.12, b.13, b.14, b.15]
        rest.append(bigEndian: site)
        for (key, answer, user) in [("", "", "a"), ("k", "answer", "b")] {
            rest.append(UInt8(key.utf8.count))
            rest += key.utf8
            if layout == StoredLayout.fingerprints {
                rest += key.isEmpty ? [0] : [32] + Array(repeating: 9, count: 32)
            }
            rest.append(bigEndian: UInt32(answer.utf8.count))
            rest += answer.utf8
            var event: [UInt8] = []
            event.append(bigEndian: Int64(1_000))
            event += [0, 1, 0, UInt8(user.utf8.count)] + Array(user.utf8)
            rest.append(bigEndian: UInt32(event.count))
            rest += event
        }
        var bytes = Record.mark(of: layout)
        bytes.append(bigEndian: UInt32(rest.count))
        bytes.append(bigEndian: CRC32C.checksum(rest.span))
        bytes.append(bigEndian: CRC32C.checksum(bytes.span))
        return bytes + rest
    }
}
