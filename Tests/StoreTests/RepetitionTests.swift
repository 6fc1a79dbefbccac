import Testing

@testable import Store

struct RepetitionTests {
    private let start = ContinuousClock.now

    @Test func aFewTimesAreNoRepetition() {
        var repetition = Repetition()
        let warned = (0..<Repetition.count - 1).filter { repetition.note(at: start + .seconds($0)) }
        #expect(warned.isEmpty)
    }

    @Test func whatRepeatsIsWarnedOfOnceInAWhile() {
        var repetition = Repetition()
        let warned = (0..<1_300).filter { repetition.note(at: start + .seconds($0)) }
        #expect(warned == [9, 609, 1_209])
    }

    @Test func whatIsRareIsNot() {
        var repetition = Repetition()
        let warned = (0..<30).filter { repetition.note(at: start + .seconds($0 * 3_600)) }
        #expect(warned.isEmpty)
    }
}
