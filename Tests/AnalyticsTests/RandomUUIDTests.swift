import Analytics
import FoundationEssentials
import Testing

struct RandomUUIDTests {
    /// Version 4 and the variant of RFC 9562, and no repetition.
    @Test func hasVersionAndVariant() {
        let ids = Set((0..<1_000).map { _ in UUID.random() })
        #expect(ids.count == 1_000)
        for id in ids {
            #expect(id.uuid.6 >> 4 == 4)
            #expect(id.uuid.8 >> 6 == 0b10)
        }
    }
}
