import Analytics
import Foundation
import Support
import SystemPackage
import Testing

@testable import Spool

/// Torn records, as a crash leaves them, and bytes changed by a disk.
struct SpoolDamageTests {
    private static let users = ["first", "second", "é\u{1F600}", "fourth"]

    /// Lends a segment file with a record for each user, and the ends of the records.
    private func withFile(_ body: (_ directory: FilePath, _ file: URL, _ ends: [Int]) throws -> Void) async throws {
        try await withScratch { path in
            var ends: [Int] = []
            do {
                let spool = try Spool(path)
                for user in Self.users {
                    try spool.append(.sample(user), isInDoubt: false)
                    ends.append(spool.end.record)
                }
            }
            try body(path, try #require(try segmentFiles(in: path).first), ends)
        }
    }

    @Test func keepsEveryWholeRecordOfATornFile() async throws {
        try await withFile { directory, file, ends in
            let whole = try Data(contentsOf: file)
            for length in 0...whole.count {
                try whole.prefix(length).write(to: file)
                let spool = try Spool(directory)
                let kept = ends.count { $0 <= length }
                #expect(try spool.users() == Array(Self.users.prefix(kept)), "torn at \(length)")
                #expect(spool.damage == (length == 0 || ends.contains(length) ? 0 : 1), "torn at \(length)")
                // Records that are appended later are not lost behind the torn one.
                try spool.append(.sample("later"), isInDoubt: false)
                #expect(try spool.users().last == "later", "torn at \(length)")
                try removeSegments(of: directory, but: file)
            }
        }
    }

    @Test func losesNothingButTheRecordWithTheFlippedByte() async throws {
        try await withFile { directory, file, ends in
            let whole = try Data(contentsOf: file)
            for offset in whole.indices {
                for flip: UInt8 in [0x01, 0x80, 0xFF] {
                    var bytes = whole
                    bytes[offset] ^= flip
                    try bytes.write(to: file)
                    let spool = try Spool(directory)
                    let damaged = ends.firstIndex { offset < $0 }
                    let expected = Self.users.indices.filter { $0 != damaged }.map { Self.users[$0] }
                    #expect(try spool.users() == expected, "flipped \(flip) at \(offset)")
                    // A second reading does not count the damage again.
                    _ = try spool.users()
                    #expect(spool.damage == 1, "flipped \(flip) at \(offset)")
                    try removeSegments(of: directory, but: file)
                }
            }
        }
    }

    @Test(arguments: 0..<10)
    func standsWhatNobodyWrote(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        try await withFile { directory, file, _ in
            let whole = try Data(contentsOf: file)
            for _ in 0..<100 {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...20, using: &generator) {
                    let place = Int.random(in: 0..<bytes.count, using: &generator)
                    bytes[place] = .random(in: 0...255, using: &generator)
                    if Bool.random(using: &generator) { bytes.insert(bytes[place], at: place) }
                }
                try bytes.write(to: file)
                _ = try Spool(directory).users()  // Must return.
                try removeSegments(of: directory, but: file)
            }
        }
    }

    /// Random records with a valid checksum, which another program could have written.
    @Test(arguments: 0..<10)
    func standsRecordsOfNonsenseWithARightChecksum(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let rest = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
                Bool.random(using: &generator) ? 0 : UInt8.random(in: 0...255, using: &generator)
            }
            var record = Record.mark(of: StoredLayout.current)
            record.append(bigEndian: UInt32(rest.count))
            record.append(bigEndian: CRC32C.checksum(rest.span))
            record.append(bigEndian: CRC32C.checksum(record.span))
            var scanner = RecordScanner(record + rest)
            // Must end.
            scan: while true {
                switch scanner.next() {
                case .record, .damage: continue
                case .unknown, .incomplete, .end: break scan
                }
            }
        }
    }

    /// A user's name cannot make a part of a damaged record look like a record.
    @Test func findsNoRecordInAName() async throws {
        try await withScratch { path in
            do {
                let spool = try Spool(path)
                try spool.append(.sample("x\u{FE}HG\u{FF}y"), isInDoubt: false)
            }
            let file = try #require(try segmentFiles(in: path).first)
            var bytes = try Data(contentsOf: file)
            bytes[0] ^= 1
            try bytes.write(to: file)
            #expect(try Spool(path).users() == [])
        }
    }

    @Test func nothingIsAcknowledgedAfterAFailedSync() async throws {
        try await withScratch { path in
            let syncs = Counting()
            let spool = try Spool(path) { _ in
                if syncs.next() == 2 { throw Errno.ioError }
            }
            try spool.append(.sample("a"), isInDoubt: false)
            #expect(throws: Spool.Failure.unsynced) { try spool.append(.sample("b"), isInDoubt: false) }
            // The third sync would succeed.
            #expect(throws: Spool.Failure.broken) { try spool.append(.sample("c"), isInDoubt: false) }
            #expect(spool.isBroken)
            #expect(try spool.users() == ["a"])
        }
    }

    private func removeSegments(of directory: FilePath, but file: URL) throws {
        for other in try segmentFiles(in: directory) where other.lastPathComponent != file.lastPathComponent {
            try FileManager.default.removeItem(at: other)
        }
    }
}
