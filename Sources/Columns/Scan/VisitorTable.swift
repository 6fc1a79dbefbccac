/// The visitors of a block, with the numbers of their visits; a table with open addressing.
///
/// Its slots are in the order of the visitors, whose numbers are spread evenly: the visits of a part, which are in that
/// order too, go through it from one end to the other, and so through the visits of the block, instead of back and forth.
struct VisitorTable {
    private struct Slot {
        var visitor: UInt64 = 0
        /// The visits, and once all are known the place of the next one; 0 if the slot is empty.
        var visits: Int32 = 0
        /// The number of the visitor, once all visits are known.
        var number: UInt32 = 0
    }

    private var slots: [Slot] = []
    private var lower: UInt64 = 0
    private var shift: UInt64 = 0
    private var mask = 0

    /// Forgets all visitors.
    ///
    /// - Parameters:
    ///   - range: All visitors that may come.
    ///   - most: The number of visits that may come.
    mutating func begin(_ range: ClosedRange<UInt64>, _ most: Int) {
        let bits = max(8, Int.bitWidth - (most * 2).leadingZeroBitCount)
        let needed = UInt64.bitWidth - (range.upperBound - range.lowerBound).leadingZeroBitCount
        (lower, shift, mask) = (range.lowerBound, UInt64(max(0, needed - bits)), 1 << bits - 1)
        if slots.count <= mask { slots = Array(repeating: Slot(), count: mask + 1) } else { clear() }
    }

    private mutating func clear() {
        let mask = mask
        var slots = slots.mutableSpan
        for slot in 0...mask { slots[slot].visits = 0 }
    }

    /// Adds a visit.
    ///
    /// - Parameter visitor: Its visitor, one of the range.
    /// - Returns: The slot of the visitor.
    @inline(__always)
    mutating func add(visitOf visitor: UInt64) -> Int32 {
        var slot = Int(truncatingIfNeeded: (visitor &- lower) >> shift)
        while slots[slot].visits != 0, slots[slot].visitor != visitor { slot = (slot + 1) & mask }
        slots[slot].visitor = visitor
        slots[slot].visits += 1
        return Int32(truncatingIfNeeded: slot)
    }

    /// Numbers the visitors.
    ///
    /// - Parameter first: The number of the first.
    /// - Returns: The number after the last.
    mutating func number(from first: UInt32) -> UInt32 {
        let mask = mask
        var slots = slots.mutableSpan
        var (place, number): (Int32, UInt32) = (0, first)
        for slot in 0...mask where slots[slot].visits != 0 {
            slots[slot].number = number
            number += 1
            (slots[slot].visits, place) = (place, place + slots[slot].visits)
        }
        return number
    }

    /// Puts visits at their places, those of each visitor one after another.
    ///
    /// - Parameters:
    ///   - places: The slots of the visitors of the visits, which become their places.
    ///   - numbers: Is set to the numbers of the visitors, by place.
    mutating func place(_ places: inout [Int32], _ numbers: inout [UInt32]) {
        var slots = slots.mutableSpan
        var places = places.mutableSpan
        var numbers = numbers.mutableSpan
        for visit in places.indices {
            let slot = Int(places[visit])
            let place = slots[slot].visits
            slots[slot].visits = place + 1
            places[visit] = place
            numbers[Int(place)] = slots[slot].number
        }
    }
}
