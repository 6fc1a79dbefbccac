import Analytics
import Support
import Testing

@testable import Store

struct LiveEventsTests {
    @Test func areReadAsTheyWereWritten() throws {
        let events = [
            Event.sample(),
            .sample(at: 0, user: "é\u{1F600}", kind: .impression),
            .sample(at: Timestamp.latest.milliseconds, user: String(repeating: "x", count: User.maximumBytes)),
        ]
        var bytes: [UInt8] = []
        for event in events { LiveEvents.encode(event, into: &bytes) }
        #expect(try LiveEvents.decode(bytes) == events)
    }

    /// Bytes of another version, or damaged ones, are refused and do no harm.
    @Test func refusesWhatNobodyWrote() throws {
        var bytes: [UInt8] = []
        LiveEvents.encode(.sample(user: "somebody"), into: &bytes)
        for count in 1..<bytes.count {
            #expect(throws: (any Error).self) { try LiveEvents.decode(Array(bytes[..<count])) }
        }
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<10_000 {
            let noise = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            _ = try? LiveEvents.decode(noise)  // That it comes back is all that is asked.
        }
    }

    @Test(
        arguments: [
            ("10:20:", 9, true), ("10:20:", 19, true), ("10:20:", 20, false),
            ("10:20:10,15", 10, false), ("10:20:10,15", 12, true), ("10:20:10,15", 15, false),
            ("10:20:10,15", 21, false),
        ] as [(String, UInt64, Bool)]
    )
    func aSnapshotShowsWhatHadEnded(text: String, transaction: UInt64, isShown: Bool) throws {
        #expect(try Snapshot(text).shows(transaction) == isShown)
    }

    @Test(arguments: ["", "1:2", "a:2:", "1:2:3:4"])
    func aSnapshotMustBeOne(text: String) {
        #expect(throws: Snapshot.Malformed.self) { try Snapshot(text) }
    }
}
