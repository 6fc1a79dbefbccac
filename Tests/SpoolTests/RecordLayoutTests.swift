import Analytics
import Foundation
import Support
import Testing

@testable import Spool

struct RecordLayoutTests {
    private let id = UUID()

    @Test func aFingerprintIsKept() throws {
        let fingerprint = Fingerprint(Array(0..<32))
        let entry = Batch.Entry(
            events: [.sample()],
            key: try IdempotencyKey(parsing: "k"),
            fingerprint: fingerprint,
            response: "answer"
        )
        let batch = Batch(id: id, entries: [entry, Batch.Entry(events: [.sample(user: "b")])])
        let record = Record(batch: batch, isInDoubt: true, written: Timestamp(seconds: 1))
        var scanner = RecordScanner(record.bytes)
        guard case .record(let read, _) = scanner.next() else {
            Issue.record("no record")
            return
        }
        #expect(read.batch.entries.map(\.fingerprint) == [nil, fingerprint])
        #expect(read.batch.entries.map(\.key?.text) == [nil, "k"])
        #expect(read.batch.entries.map(\.response) == ["", "answer"])
    }

    /// A record of an earlier release, whose entries have no fingerprint.
    @Test func aRecordOfTheLayoutBeforeIsRead() throws {
        var rest: [UInt8] = []
        rest.append(bigEndian: Int64(5_000))
        rest.append(0)
        rest += bytes(of: id)
        rest.append(bigEndian: Int32(1))
        for (key, answer, user) in [("", "", "a"), ("k", "answer", "b")] {
            rest.append(UInt8(key.utf8.count))
            rest += key.utf8
            rest.append(bigEndian: UInt32(answer.utf8.count))
            rest += answer.utf8
            var events: [UInt8] = []
            PackedEvents.append(.sample(user: user), to: &events)
            rest.append(bigEndian: UInt32(events.count))
            rest += events
        }
        var bytes: [UInt8] = [0xFE, 0x48, 0x47, 0xFF]
        bytes.append(bigEndian: UInt32(rest.count))
        bytes.append(bigEndian: CRC32C.checksum(rest.span))
        bytes.append(bigEndian: CRC32C.checksum(bytes.span))
        // A record of this release follows it.
        let next = Record(batch: .sample("c"), isInDoubt: false, written: Timestamp(seconds: 6))
        var scanner = RecordScanner(bytes + rest + next.bytes)
        var batches: [Batch] = []
        while case .record(let record, _) = scanner.next() { batches.append(record.batch) }
        #expect(batches.map { $0.entries.flatMap { $0.events.map(\.user.text) } } == [["a", "b"], ["c"]])
        #expect(batches.first?.id == id)
        #expect(batches.first?.entries.map(\.key?.text) == [nil, "k"])
        #expect(batches.first?.entries.map(\.response) == ["", "answer"])
        #expect(batches.first?.entries.allSatisfy { $0.fingerprint == nil } == true)
    }

    private func bytes(of id: UUID) -> [UInt8] {
        let b = id.uuid
        return [b.0, b.1, b.2, b.3, b.4, b.5, b.6, b.7, b.8, b.9, b.10, b.11, b.12, b.13, b.14, b.15]
    }
}
