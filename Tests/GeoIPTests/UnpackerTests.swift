import Foundation
import GeoIP
import Subprocess
import Support
import SystemPackage
import Testing

/// Downloads in every form, in pieces of any size.
struct UnpackerTests {
    private static let fixtureBytes: [UInt8] = {
        guard let data = try? Data(contentsOf: URL(filePath: fixture.string)) else { return [] }
        return [UInt8](data)
    }()

    /// Unpacks a download that arrives in random pieces.
    private func unpack(_ bytes: [UInt8], seed: UInt64 = 1, longest: Int = 9_000) throws -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        var unpacker = GeoUnpacker()
        var unpacked: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...longest, using: &generator))
            rest = rest.dropFirst(piece.count)
            try unpacker.take(Array(piece)) { unpacked += $0 }
        }
        try unpacker.finish { unpacked += $0 }
        return unpacked
    }

    private func output(_ command: String) async throws -> [UInt8] {
        let result = try await Subprocess.run(.name("sh"), arguments: ["-c", command], output: .bytes(limit: 1 << 24))
        try #require(result.terminationStatus.isSuccess)
        return result.standardOutput
    }

    /// Lends a folder with the database, and other files as release archives have them.
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        try await withScratch { path in
            let folder = "\(path)/GeoLite2-City_20260204"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try write(Self.fixtureBytes, to: FilePath("\(folder)/GeoLite2-City.mmdb"))
            try write(Array("Copyright".utf8), to: FilePath("\(folder)/COPYRIGHT.txt"))
            try write([UInt8](repeating: 7, count: 1_024), to: FilePath("\(folder)/LICENSE.mmdb.txt"))
            try write([1], to: FilePath("\(folder)/._GeoLite2-City.mmdb"))
            try write([], to: FilePath("\(folder)/empty"))
            try await body("\(path)")
        }
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func everyFormIsUnpacked(seed: UInt64) async throws {
        let whole = Self.fixtureBytes
        #expect(try unpack(whole, seed: seed) == whole)
        #expect(try unpack(try await output("gzip -c '\(fixture)'"), seed: seed) == whole)
        try await withFolder { folder in
            for format in ["ustar", "gnu", "pax"] {
                let archive = try await output("tar -c --format=\(format) -C '\(folder)' .")
                #expect(try unpack(archive, seed: seed) == whole, "\(format)")
                let compressed = try await output("tar -cz --format=\(format) -C '\(folder)' .")
                #expect(try unpack(compressed, seed: seed) == whole, "\(format)")
                #expect(try unpack(compressed, seed: seed, longest: 3) == whole, "\(format)")
            }
        }
    }

    @Test func severalMembersAndPaddingAreTaken() async throws {
        let whole = Self.fixtureBytes
        let two = try await output("(head -c 9000 '\(fixture)' | gzip; tail -c +9001 '\(fixture)' | gzip)")
        #expect(try unpack(two) == whole)
        #expect(try unpack(two + [UInt8](repeating: 0, count: 20_000)) == whole)
        #expect(throws: GeoUnpacker.Failure.malformed) { _ = try unpack(two + [1, 2, 3]) }
    }

    /// Much larger than the download: it is inflated in pieces.
    @Test func aFileThatShrinksMuchIsInflatedInPieces() async throws {
        let bytes = try await output("head -c 5M /dev/zero | gzip -9")
        #expect(bytes.count < 10_000)
        var unpacker = GeoUnpacker()
        var (count, largest) = (0, 0)
        try unpacker.take(bytes) { piece in
            count += piece.count
            largest = max(largest, piece.count)
        }
        try unpacker.finish { count += $0.count }
        #expect(count == 5 << 20)
        #expect(largest < 300_000)
    }

    @Test func everyTruncationIsNoticed() async throws {
        try await withFolder { folder in
            let archive = try await output("tar -cz -C '\(folder)' GeoLite2-City_20260204/GeoLite2-City.mmdb")
            for count in stride(from: 0, to: archive.count - 1, by: 97) {
                #expect(throws: (any Error).self, "\(count)") { _ = try unpack(Array(archive.prefix(count))) }
            }
            let plain = try await output("tar -c -C '\(folder)' GeoLite2-City_20260204/GeoLite2-City.mmdb")
            for count in stride(from: 513, to: 22_569 + 512, by: 97) {
                #expect(throws: GeoUnpacker.Failure.incomplete) { _ = try unpack(Array(plain.prefix(count))) }
            }
        }
    }

    @Test func anArchiveHasExactlyOneDatabase() async throws {
        try await withFolder { folder in
            let name = "GeoLite2-City_20260204"
            let none = try await output("tar -cz -C '\(folder)' \(name)/COPYRIGHT.txt")
            #expect(throws: GeoUnpacker.Failure.files(0)) { _ = try unpack(none) }
            try write([1], to: FilePath("\(folder)/\(name)/b.mmdb"))
            let two = try await output("tar -cz -C '\(folder)' \(name)")
            #expect(throws: GeoUnpacker.Failure.files(2)) { _ = try unpack(two) }
        }
    }

    @Test func aDamagedArchiveIsRefused() async throws {
        try await withFolder { folder in
            let archive = try await output("tar -c -C '\(folder)' .")
            var wrong = archive
            wrong[130] ^= 1
            #expect(throws: GeoUnpacker.Failure.malformed) { _ = try unpack(wrong) }
            var compressed = try await output("gzip -c '\(fixture)'")
            compressed[1_000] ^= 0xFF
            #expect(throws: GeoUnpacker.Failure.malformed) { _ = try unpack(compressed) }
        }
    }

    /// Random changes are an error or another file, never a trap.
    @Test func anyByteMayBeWrong() async throws {
        try await withFolder { folder in
            let archive = try await output("tar -c -C '\(folder)' .")
            var generator = SeededGenerator(seed: 3)
            for _ in 0..<300 {
                var bytes = archive
                for _ in 0..<20 {
                    bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
                }
                _ = try? unpack(bytes, seed: 1, longest: 2_000)
            }
        }
    }
}
