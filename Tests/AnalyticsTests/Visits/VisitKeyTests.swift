import Analytics
import Testing

/// The text of the key of a visit.
struct VisitKeyTests {
    @Test func comesBackFromItsText() {
        for (visitor, start) in [(0, 0), (0xff, 1_767_603_600_000), (UInt64.max, 253_402_300_799_999)] {
            let key = VisitKey(start: Timestamp(milliseconds: start), visitor: Visitor(rawValue: visitor))
            #expect(VisitKey(key.text) == key, "\(key.text)")
        }
    }

    @Test(arguments: [
        "", "-", "00000000000000ff", "00000000000000ff-", "ff-1", "00000000000000FF-1", "00000000000000ff-01",
        "00000000000000ff-+1", "00000000000000ff--1", "00000000000000ff-1-1", "+0000000000000ff-1",
        "00000000000000ff-253402300800000", "00000000000000ff-99999999999999999999", "10000000000000000-1",
    ])
    func isReadInOneSpelling(text: String) { #expect(VisitKey(text) == nil) }

    @Test func isOrderedByStartAndThenByVisitor() {
        let keys = [(1, 9), (2, 3), (2, 4), (3, 0)].map { start, visitor in
            VisitKey(start: Timestamp(milliseconds: start), visitor: Visitor(rawValue: visitor))
        }
        #expect(keys.shuffled().sorted() == keys)
    }
}
