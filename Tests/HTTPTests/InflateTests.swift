import NIOCore
import HTTP
import Support
import Testing

/// Gzip of one member and of several (RFC 1952, section 2.2), compressed by the gzip of the system.
struct InflateTests {
    private static let limit = 1 << 20
    private static let texts = [
        "timestamp,user,event\n", "1,a,click\n", "", String(repeating: "2,b,click\n", count: 999),
    ]

    @Test(arguments: 0...4)
    func inflatesEveryMember(count: Int) async throws {
        let texts = (0..<count).map { Self.texts[$0 % Self.texts.count] }
        guard count > 0 else {
            // As for gzip itself: no member at all is not gzip.
            #expect(throws: (any Error).self) { try inflate(ByteBuffer(), limit: Self.limit) }
            return
        }
        #expect(try Self.inflated(await Self.members(texts)) == texts.joined())
    }

    @Test func inflatesEmptyMembersAnywhere() async throws {
        for texts in [["", "a"], ["a", ""], ["", "", ""], ["", "a", "", "b", ""]] {
            #expect(try Self.inflated(await Self.members(texts)) == texts.joined())
        }
    }

    /// Like gzip, which ignores zeros after the last member as padding of tapes and blocks.
    @Test(arguments: [1, 2, 511, 100_000])
    func ignoresZerosAfterTheLastMember(count: Int) async throws {
        let zeros = [UInt8](repeating: 0, count: count)
        #expect(try Self.inflated(await Self.members(["a", "b"]) + zeros) == "ab")
    }

    /// gzip drops them with a warning, which no client would see here.
    @Test func refusesOtherBytesAfterAMember() async throws {
        let member = try await Self.members(["a"])
        let rest: [[UInt8]] = [
            [1], [0, 1], [0x1F], [0x1F, 0x8B], [0x1F, 0x8B, 8], [0x8B], Array("2,b,click\n".utf8), [0] + member,
            Array(member.dropLast()), Array(member.dropLast(8)), [0x1F, 0x8B, 7] + member.dropFirst(3),
        ]
        for rest in rest { try Self.expectRefusal(of: member + rest, "\(rest)") }
    }

    @Test func refusesATruncatedMember() async throws {
        let first = try await Self.members(["a"])
        let both = try await first + Self.members(["b"])
        for length in 0..<both.count where length != first.count {
            try Self.expectRefusal(of: Array(both[..<length]), "\(length)")
        }
        #expect(try Self.inflated(Array(both[..<first.count])) == "a")
    }

    @Test func refusesAMemberWithAWrongChecksumOrLength() async throws {
        let whole = try await Self.members(["aaaa", "bbbb"])
        // The eight bytes at the end of each member are its checksum and length.
        for place in (whole.count - 8)..<whole.count {
            var bytes = whole
            bytes[place] ^= 1
            try Self.expectRefusal(of: bytes, "\(place)")
        }
    }

    @Test func refusesTheFormatOfZlib() {
        let bytes: [UInt8] = [0x78, 0x9C, 0x4B, 0x04, 0x00, 0x00, 0x62, 0x00, 0x62]
        #expect(throws: (any Error).self) { try inflate(ByteBuffer(bytes: bytes), limit: Self.limit) }
    }

    /// The limit is on all members together, to the byte.
    @Test(arguments: [(1, 100), (2, 50), (100, 1), (4, 25)])
    func limitsAllMembersTogether(members: Int, each: Int) async throws {
        let member = try await Self.members([String(repeating: "a", count: each)])
        let bytes = Array(repeatElement(member, count: members).joined())
        #expect(try Self.inflated(bytes, limit: 100).count == 100)
        let error = #expect(throws: (any Error).self) { try Self.inflated(bytes, limit: 99) }
        #expect("\(try #require(error))".contains("larger than 99 bytes"))
    }

    @Test(.timeLimit(.minutes(1)))
    func aBombInManyMembersIsCutOff() async throws {
        let member = try await gzipBomb(megabytes: 1).readableBytesView
        let bytes = Array(repeatElement(member, count: 2_000).joined())
        let error = #expect(throws: (any Error).self) { try Self.inflated(bytes, limit: Self.limit) }
        #expect("\(try #require(error))".contains("larger than"))
    }

    @Test(.timeLimit(.minutes(1)))
    func manyEmptyMembersTakeLinearTime() async throws {
        let empty = try await Self.members([""])
        let last = try await Self.members(["a"])
        let clock = ContinuousClock()
        let few = Array(repeatElement(empty, count: 10_000).joined()) + last
        let many = Array(repeatElement(empty, count: 100_000).joined()) + last
        #expect(try Self.inflated(few) == "a")
        let start = clock.now
        #expect(try Self.inflated(many) == "a")
        // Ten times as many, for which a quadratic loop would take a hundred times as long: minutes.
        #expect(clock.now - start < .seconds(30))
    }

    private static func members(_ texts: [String]) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for text in texts { bytes += try await gzip(text).readableBytesView }
        return bytes
    }

    private static func inflated(_ bytes: [UInt8], limit: Int = limit) throws -> String {
        String(buffer: try inflate(ByteBuffer(bytes: bytes), limit: limit))
    }

    private static func expectRefusal(of bytes: [UInt8], _ comment: Comment) throws {
        let error = #expect(throws: (any Error).self, comment) { try inflated(bytes) }
        #expect("\(try #require(error))".contains("not valid gzip"), comment)
    }
}
