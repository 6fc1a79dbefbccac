/// The differences between the rows that a table must have and those that it has, as texts.
struct RowVerdict: Equatable {
    /// The number of rows that are missing.
    var lost = 0
    /// The number of rows that are there more often than they must be, or must not be there at all.
    var surplus = 0
    /// One of them.
    var example: String?

    /// No differences.
    init() {}

    init(expected: [String], stored: [String]) {
        var counts: [String: Int] = [:]
        for row in expected { counts[row, default: 0] += 1 }
        for row in stored { counts[row, default: 0] -= 1 }
        for (row, count) in counts where count != 0 {
            lost += max(0, count)
            surplus += max(0, -count)
            example = row
        }
    }
}
