import Analytics
import Support
import Testing

struct PackedRowsTests {
    @Test func eventsAreReadBackUnchanged() throws {
        let events = [
            Event.sample(),
            .sample(at: 0, user: "é\u{1F600}", kind: .impression, site: SiteID(rawValue: .max)),
            .sample(at: Timestamp.latest.milliseconds, user: String(repeating: "x", count: User.maximumBytes)),
        ]
        var bytes: [UInt8] = []
        PackedRows.append(events, to: &bytes)
        let read: [Event] = try PackedRows.decode(bytes.span, layout: StoredLayout.current)
        #expect(read == events)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func hitsAreReadBackUnchanged(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let hits = (0..<50).map { _ in Hit.random(using: &generator) }
        var bytes: [UInt8] = []
        PackedRows.append(hits, to: &bytes)
        let read: [Hit] = try PackedRows.decode(bytes.span, layout: StoredLayout.current)
        #expect(read == hits)
    }

    /// Damaged bytes are refused without a crash.
    @Test func refusesDamagedBytes() throws {
        var generator = SeededGenerator(seed: 1)
        var bytes: [UInt8] = []
        PackedRows.append([Event.sample(user: "somebody")], to: &bytes)
        for count in 1..<bytes.count {
            let part = Array(bytes[..<count])
            #expect(throws: MalformedRow.self) { try PackedRows.decode(part.span, layout: 3) as [Event] }
        }
        var packed: [UInt8] = []
        PackedRows.append([Hit.random(using: &generator)], to: &packed)
        for _ in 0..<10_000 {
            var damaged = packed
            damaged[Int.random(in: 0..<damaged.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            let noise = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            // That they come back is all that is asked.
            _ = try? PackedRows.decode(damaged.span, layout: 3) as [Hit]
            _ = try? PackedRows.decode(noise.span, layout: 3) as [Hit]
            _ = try? PackedRows.decode(noise.span, layout: 3) as [Event]
            _ = try? PackedBlock(reading: noise.span, of: Site.standard)
            _ = try? FormerEvents.decode(noise.span, of: Site.standard)
        }
    }

    /// A time outside the valid range would overflow when converted to microseconds.
    @Test(arguments: [Int64.max, .min, 253_402_300_800_000])
    func refusesATimeBeyondTheLimits(milliseconds: Int64) {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: milliseconds)
        bytes += [0, 1, 0, 1, 0x61]
        #expect(throws: MalformedRow.self) { try FormerEvents.decode(bytes.span, of: Site.standard) }
        bytes = [0b1111]
        bytes.append(bigEndian: milliseconds)
        bytes += [0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0x61]
        #expect(throws: MalformedRow.self) { try PackedRows.decode(bytes.span, layout: 3) as [Event] }
    }
}

struct PackedBlockTests {
    private let site = SiteID(rawValue: 7)

    @Test func blocksFollowOneAnother() throws {
        var generator = SeededGenerator(seed: 2)
        var first = PackedBlock()
        first.events = [.sample(user: "a")]
        var second = PackedBlock()
        second.events = [.sample(user: "b", site: site)]
        second.hits = [.random(using: &generator)]
        let read = try PackedBlock(reading: (first.bytes + PackedBlock().bytes + second.bytes).span, of: site)
        #expect(read.events == first.events + second.events)
        #expect(read.hits == second.hits)
    }

    /// Servers of the release before hand over events without a mark.
    @Test func eventsOfTheLayoutBeforeAreRead() throws {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: Int64(5_000))
        bytes += [0, 2, 0, 1, 0x61]
        let read = try PackedBlock(reading: bytes.span, of: site)
        #expect(read.events == [.sample(at: 5_000, kind: .impression, site: site)])
    }

    /// A server of the release before refuses a block, and asks the database.
    @Test func theReleaseBeforeReadsNoBlock() {
        var block = PackedBlock()
        block.events = [.sample()]
        #expect(throws: MalformedRow.self) { try FormerEvents.decode(block.bytes.span, of: site) }
    }

    @Test func aLayoutToComeIsNoDamage() {
        var block = PackedBlock()
        block.events = [.sample()]
        var bytes = block.bytes
        bytes[1] = StoredLayout.current + 1
        #expect(throws: StoredLayout.Unknown(layout: StoredLayout.current + 1)) {
            try PackedBlock(reading: bytes.span, of: site)
        }
    }
}
