/// The numbers of the visitors of a block, in the order in which they are met.
struct VisitorNumbers {
    private struct Entry {
        var visitor: UInt64 = 0
        var number: Int32 = 0
        /// The mark of the block that has it.
        var mark: UInt32 = 0
    }

    /// A table with open addressing.
    private var entries: [Entry] = []
    private var mark: UInt32 = 0
    private var shift: UInt64 = 64
    private(set) var count = 0

    /// Forgets all visitors, and makes room for a number of them.
    mutating func begin(_ most: Int) {
        count = 0
        mark &+= 1
        guard most * 2 > entries.count || mark == 0 else { return }
        var bits = 8
        while 1 << bits < most * 2 { bits += 1 }
        entries = Array(repeating: Entry(), count: 1 << bits)
        (mark, shift) = (1, UInt64(64 - bits))
    }

    /// The number of a visitor, which is new if the block has not had that visitor.
    mutating func number(of visitor: UInt64) -> Int32 {
        // The upper bits of visitors are alike in a block.
        var place = Int(truncatingIfNeeded: (visitor &* 0x9E37_79B9_7F4A_7C15) >> shift)
        while entries[place].mark == mark {
            if entries[place].visitor == visitor { return entries[place].number }
            place = (place + 1) & (entries.count - 1)
        }
        let number = Int32(truncatingIfNeeded: count)
        entries[place] = Entry(visitor: visitor, number: number, mark: mark)
        count += 1
        return number
    }
}
