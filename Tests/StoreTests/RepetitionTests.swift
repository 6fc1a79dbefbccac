import Testing

@testable import Store

struct RepetitionTests {
    private let start = ContinuousClock.now

    @Test func twiceIsNoRepetition() {
        var repetition = Repetition()
        let warned = (0..<2).filter { repetition.note(at: start + .seconds($0)) }
        #expect(warned.isEmpty)
    }

    @Test func whatRepeatsIsWarnedOfOnceInAWhile() {
        var repetition = Repetition()
        let warned = (0..<1_300).filter { repetition.note(at: start + .seconds($0)) }
        #expect(warned == [2, 602, 1_202])
    }

    @Test func whatIsRareIsNot() {
        var repetition = Repetition()
        let warned = (0..<10).filter { repetition.note(at: start + .seconds($0 * 3_600)) }
        #expect(warned.isEmpty)
    }
}
