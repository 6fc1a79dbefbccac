/// The changes of the counts within one second, by count and millisecond.
///
/// An unsorted list that is merged whenever it has doubled. Most seconds need few entries; a merged list has about 3000
/// at most, one for each of three counts and a thousand milliseconds.
struct Fractions {
    private struct Entry {
        /// The count, times 1000, and the millisecond.
        let key: UInt16
        var delta: Int16
    }

    private static let firstLimit: Int32 = 16
    /// The number of entries searched for the same key before one more is appended.
    private static let scanned = 4

    private var entries: [Entry] = []
    /// The number of entries at which they are merged.
    private var limit = Self.firstLimit

    /// Adds a change at a millisecond of the second, 0 to 999.
    mutating func add(_ delta: Int16, _ counted: Counted, at millisecond: Int) {
        let key = UInt16(counted.rawValue) * 1000 + UInt16(millisecond)
        // If all events are on whole seconds, there are no more entries than these.
        for index in entries.indices.prefix(Self.scanned) where entries[index].key == key {
            let (sum, overflow) = entries[index].delta.addingReportingOverflow(delta)
            if overflow { break }
            entries[index].delta = sum
            return
        }
        if entries.count >= limit { putTogether() }
        entries.append(Entry(key: key, delta: delta))
    }

    /// The sum of the changes of a count over a range of milliseconds.
    func sum(_ counted: Counted, in milliseconds: Range<Int>) -> Int {
        let first = Int(counted.rawValue) * 1000 + milliseconds.lowerBound
        let end = Int(counted.rawValue) * 1000 + milliseconds.upperBound
        var sum = 0
        for entry in entries where Int(entry.key) >= first && Int(entry.key) < end { sum += Int(entry.delta) }
        return sum
    }

    /// The changes, each with its millisecond; some may be of the same one.
    var parts: some Sequence<(delta: Int, counted: Counted, millisecond: Int)> {
        entries.lazy.compactMap { entry in
            let (counted, millisecond) = entry.key.quotientAndRemainder(dividingBy: 1000)
            guard let counted = Counted(rawValue: UInt8(truncatingIfNeeded: counted)) else { return nil }
            return (Int(entry.delta), counted, Int(millisecond))
        }
    }

    private mutating func putTogether() {
        var merged: [Entry] = []
        for entry in entries.sorted(by: { $0.key < $1.key }) {
            guard let last = merged.last, last.key == entry.key else {
                merged.append(entry)
                continue
            }
            let (sum, overflow) = last.delta.addingReportingOverflow(entry.delta)
            if overflow { merged.append(entry) } else { merged[merged.count - 1].delta = sum }
        }
        entries = merged.filter { $0.delta != 0 }
        limit = max(Self.firstLimit, Int32(clamping: 2 * entries.count))
    }
}
