import Foundation
import GeoIP
import Support
import SystemPackage
import Testing

/// Files that are damaged, half there, or made to do harm: each is an error with a reason.
struct DamageTests {
    private static let place: MMDBValue = ["country": ["iso_code": "DE"]]

    private func failure(_ bytes: [UInt8]) async throws -> GeoFailure {
        try #require(await #expect(throws: GeoFailure.self) { _ = try await open(bytes) })
    }

    private func failure(_ change: (inout MMDBWriter) -> Void) async throws -> GeoFailure {
        var writer = MMDBWriter([.init("1.0.0.0/8", Self.place)])
        change(&writer)
        return try await failure(writer.bytes)
    }

    @Test func whatIsNoDatabaseIsRefused() async throws {
        var generator = SeededGenerator(seed: 1)
        let random = (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for bytes in [[], [0], Array("<html></html>".utf8), random, [UInt8](repeating: 0, count: 200_000)] {
            #expect(try await failure(bytes) == .notADatabase)
        }
        #expect(try await failure(random + MMDBWriter.mark) == .notADatabase)
    }

    @Test func whatCannotBeReadIsRefused() throws {
        for path in ["/nowhere/at/all", "/tmp", "/dev/null", "/proc/self/mem"] as [FilePath] {
            #expect(throws: GeoFailure.self) { _ = try GeoDatabase(path) }
        }
    }

    @Test func aPipeIsNotWaitedFor() async throws {
        try await withScratch { path in
            try unsafe #require(mkfifo(path.string, 0o600) == 0)
            #expect(throws: GeoFailure.unreadable("it is no file")) { _ = try GeoDatabase(path) }
        }
    }

    /// Every length that a copy may have got to.
    @Test func aTruncatedFileIsRefused() async throws {
        let whole = [UInt8](try Data(contentsOf: URL(filePath: fixture.string)))
        for count in stride(from: 0, to: whole.count, by: 211) {
            await #expect(throws: GeoFailure.self) { _ = try await open(Array(whole.prefix(count))) }
        }
    }

    /// The tree points to values that are gone, or to what is no value.
    @Test func aFileWithoutItsMiddleIsRefused() async throws {
        let whole = [UInt8](try Data(contentsOf: URL(filePath: fixture.string)))
        for (start, count) in [(5_000, 2_000), (12_000, 1), (11_000, 9_000), (14_000, 100)] {
            let bytes = Array(whole[..<start] + whole[(start + count)...])
            await #expect(throws: GeoFailure.self, "\(start)") { _ = try await open(bytes) }
        }
    }

    /// A byte here and there is changed: an error or another answer, but never the end of the process.
    @Test func anyByteMayBeWrong() async throws {
        let whole = [UInt8](try Data(contentsOf: URL(filePath: fixture.string)))
        var generator = SeededGenerator(seed: 2)
        var refused = 0
        for _ in 0..<400 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...20, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            do {
                let database = try await open(bytes)
                for row in FixtureTests.rows {
                    for address in row.addresses { _ = database.record(of: octets(address)) }
                }
            } catch is GeoFailure {
                refused += 1
            }
        }
        #expect((50..<400).contains(refused))
    }

    @Test(
        arguments: [
            ("binary_format_major_version", .uint16(3)), ("ip_version", .uint16(5)), ("ip_version", .text("6")),
            ("node_count", .uint32(0)), ("node_count", .uint32(1_000)), ("node_count", .uint32(.max)),
            ("node_count", .uint64(.max)), ("record_size", .uint16(27)), ("record_size", .uint16(0)),
            ("build_epoch", .uint64(.max)), ("build_epoch", .text("x")), ("database_type", .uint16(1)),
            ("database_type", .text("")), ("description", .raw([0xFF])), ("languages", .raw([0x00, 0x20])),
            ("languages", .raw([0x3F, 0xFF, 0xFF, 0xFF, 0xFF])),
        ] as [(String, MMDBValue)]
    )
    func damagedMetadataIsRefused(key: String, value: MMDBValue) async throws {
        let failure = try await failure { $0.metadata[key] = value }
        guard case .damaged = failure else {
            Issue.record("\(failure)")
            return
        }
    }

    @Test func metadataWithoutAMapIsRefused() async throws {
        let file = MMDBWriter([.init("1.0.0.0/8", Self.place)]).bytes
        for end: [UInt8] in [[0xE0], [0x41, 0x41], [0xE1], [0xE1, 0x41, 0x41], [0x00], [0xFF, 0xFF, 0xFF, 0xFF]] {
            await #expect(throws: GeoFailure.self) { _ = try await open(file + MMDBWriter.mark + end) }
        }
    }

    /// libmaxminddb would skip them by recursion, and overflow the stack.
    @Test(arguments: [33, 100_000, 1_000_000])
    func nestingIsBounded(levels: Int) async throws {
        for head: [UInt8] in [[0x01, 0x04], [0xE1, 0x40]] {
            let value = nested(head, levels)
            let bomb: MMDBValue = ["a": .raw(value), "country": ["iso_code": "DE"]]
            let deep = try await failure { $0.networks.append(.init("2.0.0.0/8", bomb)) }
            #expect(deep == .damaged("its values are nested too deeply"))
            guard levels < 60_000 else { continue }
            #expect(try await failure { $0.metadata["languages"] = .raw(value) } == deep)
        }
    }

    /// Containers of one element within each other, and an empty text in the last.
    private func nested(_ head: [UInt8], _ levels: Int) -> [UInt8] {
        repeatElement(head, count: levels).flatMap(\.self) + [0x40]
    }

    @Test func nestingOfTheMetadataIsBounded() async throws {
        // As many as fit in front of the end of the file, where the mark is looked for.
        let arrays = nested([0x01, 0x04], 60_000)
        let failure = try await failure { $0.metadata["languages"] = .raw(arrays) }
        #expect(failure == .damaged("its values are nested too deeply"))
    }

    @Test func allowedNestingIsNoHarm() async throws {
        let value = nested([0x01, 0x04], 31)
        let deep: MMDBValue = ["a": .raw(value), "country": ["iso_code": "DE"]]
        #expect(try await open(.init("1.0.0.0/8", deep)).record(of: octets("1.2.3.4"))?.country == "DE")
    }

    /// Pointers may form a ring: no value needs to be read twice.
    @Test func ringsOfPointersAreNoHarm() async throws {
        // The value at 0 is a map whose only member is the map itself.
        let ring: MMDBValue = .raw([0xE1, 0x41, 0x61, 0x20, 0x00])
        var writer = MMDBWriter([.init("1.0.0.0/8", ring), .init("2.1.0.0/16", Self.place)])
        #expect(try await open(writer.bytes).record(of: octets("1.2.3.4")) == GeoRecord())
        writer.networks[0] = .init("1.0.0.0/8", .raw([0x20, 0x00]))
        await #expect(throws: GeoFailure.damaged("a pointer points to a pointer")) { _ = try await open(writer.bytes) }
        writer.networks[0] = .init("1.0.0.0/8", .raw([0x27, 0xFF]))
        let beyond = GeoFailure.damaged("something points beyond its data")
        await #expect(throws: beyond) { _ = try await open(writer.bytes) }
    }

    /// Arrays that hide in the texts of other arrays, each as long as all that follows.
    @Test func overlappingValuesAreGivenUp() async throws {
        let count = 20_000
        // A text of six bytes in which an array begins that contains all the texts behind it.
        var texts = MMDBEncoder()
        var list = MMDBEncoder()
        list.append(11, size: count)
        for index in 0..<count {
            var array = MMDBEncoder()
            array.append(11, size: count - index - 1)
            let padding = [UInt8](repeating: 0x40, count: 6 - array.bytes.count)
            texts.append(.raw([0x46] + array.bytes + padding))
            list.append(.raw([0x38] + MMDBEncoder.bigEndian(UInt(index * 7 + 1), 4)))
        }
        let bytes = MMDBWriter([
            .init("1.0.0.0/8", .raw(texts.bytes)), .init("2.1.0.0/16", .raw(list.bytes)),
        ]).bytes
        await #expect(throws: GeoFailure.damaged("its values overlap")) { _ = try await open(bytes) }
    }

    @Test func aDatabaseWithoutPlacesIsRefused() async throws {
        let network: MMDBValue = ["autonomous_system_number": .uint32(64_496), "autonomous_system_organization": "X"]
        let failure = try await failure { writer in
            writer.networks = [.init("1.0.0.0/8", network), .init("2001:db8::/32", network)]
            writer.type = "GeoLite2-ASN"
        }
        #expect(failure == .noPlaces(type: "GeoLite2-ASN"))
        #expect(failure.description.contains("GeoLite2-ASN"))
        #expect(try await self.failure { $0.networks = [] } == .noPlaces(type: "Test-City"))
    }
}
