import Testing

@testable import Store

struct SnapshotTests {
    @Test(
        arguments: [
            ("10:20:", 9, true), ("10:20:", 19, true), ("10:20:", 20, false),
            ("10:20:10,15", 10, false), ("10:20:10,15", 12, true), ("10:20:10,15", 15, false),
            ("10:20:10,15", 21, false),
        ] as [(String, UInt64, Bool)]
    )
    func showsWhatHadEnded(text: String, transaction: UInt64, isShown: Bool) throws {
        #expect(try Snapshot(text).shows(transaction) == isShown)
    }

    @Test(arguments: ["", "1:2", "a:2:", "1:2:3:4"])
    func mustBeOne(text: String) {
        #expect(throws: Snapshot.Malformed.self) { try Snapshot(text) }
    }
}
