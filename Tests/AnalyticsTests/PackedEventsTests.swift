import Analytics
import Support
import Testing

struct PackedEventsTests {
    @Test func areReadBackUnchanged() throws {
        let events = [
            Event.sample(),
            .sample(at: 0, user: "é\u{1F600}", kind: .impression),
            .sample(at: Timestamp.latest.milliseconds, user: String(repeating: "x", count: User.maximumBytes)),
        ]
        var bytes: [UInt8] = []
        for event in events { PackedEvents.append(event, to: &bytes) }
        #expect(try PackedEvents.decode(bytes.span) == events)
    }

    /// Damaged bytes, or those of another version, are refused without a crash.
    @Test func refusesDamagedBytes() throws {
        var bytes: [UInt8] = []
        PackedEvents.append(.sample(user: "somebody"), to: &bytes)
        for count in 1..<bytes.count {
            let part = Array(bytes[..<count])
            #expect(throws: PackedEvents.Malformed.self) { try PackedEvents.decode(part.span) }
        }
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<10_000 {
            let noise = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            _ = try? PackedEvents.decode(noise.span)  // That it comes back is all that is asked.
        }
    }

    /// A time outside the valid range would overflow when converted to microseconds.
    @Test(arguments: [Int64.max, .min, 253_402_300_800_000])
    func refusesATimeBeyondTheLimits(milliseconds: Int64) {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: milliseconds)
        bytes += [0, 1, 0, 1, 0x61]
        #expect(throws: PackedEvents.Malformed.self) { try PackedEvents.decode(bytes.span) }
    }
}
