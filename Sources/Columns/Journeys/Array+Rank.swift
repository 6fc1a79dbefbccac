extension [Int] {
    /// The most numbers that are sorted instead of divided.
    private static let fewEnough = 4_096

    /// The number at a place of the ascending order, in time proportional to their count.
    ///
    /// - Precondition: There are more numbers than the place says, and none is negative.
    func value(atRank rank: Int) -> Int {
        var (numbers, rank) = (self, rank)
        while numbers.count > Self.fewEnough, let least = numbers.min(), let greatest = numbers.max(), least < greatest
        {
            // As many classes of equal width as bits allow, so that the numbers of one are few.
            let width = Swift.max(Int.bitWidth - (greatest - least).leadingZeroBitCount - 12, 0)
            var counts = Array(repeating: 0, count: ((greatest - least) >> width) + 1)
            for number in numbers { counts[(number - least) >> width] += 1 }
            var found = 0
            while rank >= counts[found] {
                rank -= counts[found]
                found += 1
            }
            numbers = numbers.filter { ($0 - least) >> width == found }
        }
        return numbers.sorted()[rank]
    }
}
