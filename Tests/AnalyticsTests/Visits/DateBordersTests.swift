import Analytics
import Support
import Testing

struct DateBordersTests {
    /// The answer for all pairs of moments around a few midnights, some of which are the same or next to each other.
    @Test func separateWhatAMidnightLiesBetween() {
        var generator = SeededGenerator(seed: 1)
        for count in 0..<12 {
            let midnights = (0..<count).map { _ in Int.random(in: 5..<25, using: &generator) }.sorted()
            let dates = DateBorders(midnights.map { Timestamp(milliseconds: $0) })
            for later in 0..<30 {
                for earlier in 0...later {
                    let between = midnights.contains { earlier < $0 && $0 <= later }
                    let answer = dates.separate(Timestamp(milliseconds: earlier), Timestamp(milliseconds: later))
                    #expect(answer == between, "\(midnights): \(earlier), \(later)")
                }
            }
        }
    }
}
