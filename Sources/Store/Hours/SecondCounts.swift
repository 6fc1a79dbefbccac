import Analytics

/// The changes of the counts of a site with many events: an element for each second.
struct SecondCounts {
    /// The starts (+1) and ends (-1) of runs, each at the first whole second not before it.
    private var changes: [Int32]
    private var clicks: [Int32]
    private var impressions: [Int32]
    /// The changes, clicks and impressions within each second.
    private var fractions: [Fractions]

    init(seconds: Int) {
        changes = Array(repeating: 0, count: seconds)
        clicks = changes
        impressions = changes
        fractions = Array(repeating: Fractions(), count: seconds)
    }

    /// The counts that a list of changes holds.
    init(_ list: ChangeList, seconds: Int) {
        self.init(seconds: seconds)
        list.forEach { add($0, $1, at: $2) }
    }

    /// Adds a change at a time in milliseconds.
    mutating func add(_ delta: Int8, _ counted: Counted, at time: Int) {
        let (second, fraction) = time.quotientAndRemainder(dividingBy: 1000)
        switch counted {
        case .users:
            changes[fraction == 0 ? second : second + 1] &+= Int32(delta)
            guard fraction != 0 else { return }
        case .clicks: clicks[second] &+= Int32(delta)
        case .impressions: impressions[second] &+= Int32(delta)
        }
        fractions[second].add(Int16(delta), counted, at: fraction)
    }

    /// The counts of the window of an hour that ends at a time in milliseconds; of users, the change since the
    /// beginning.
    func hour(endingAt time: Int) -> HourReport {
        let (last, fraction) = time.quotientAndRemainder(dividingBy: 1000)
        return HourReport(
            uniqueUsers: changes[...last].total + fractions[last].sum(.users, in: 1..<(fraction + 1)),
            clicks: sum(clicks, .clicks, to: last, fraction),
            impressions: sum(impressions, .impressions, to: last, fraction)
        )
    }

    /// The count in the window that ends `fraction` milliseconds after the beginning of the second `last`.
    ///
    /// It is the sum of whole seconds, without the part of the first second before the window and the part of the last
    /// second after it.
    private func sum(_ counts: [Int32], _ counted: Counted, to last: Int, _ fraction: Int) -> Int {
        let first = last - 3600
        return counts[first...last].total - fractions[first].sum(counted, in: 0..<fraction)
            - fractions[last].sum(counted, in: (fraction + 1)..<1000)
    }
}

// MARK: Advancing

extension SecondCounts {
    /// Drops the seconds before one, which becomes the first; returns the sum of the dropped changes of users.
    mutating func advance(by seconds: Int) -> Int {
        let dropped = changes[..<seconds].total
        changes.shift(by: seconds, filling: 0)
        clicks.shift(by: seconds, filling: 0)
        impressions.shift(by: seconds, filling: 0)
        fractions.shift(by: seconds, filling: Fractions())
        return dropped
    }

    /// The changes as a list; nil if they are too many for one.
    var list: ChangeList? {
        var list = ChangeList()
        for second in changes.indices {
            // A change within a second is also in the element of the next second.
            let within = second == 0 ? 0 : fractions[second - 1].sum(.users, in: 1..<1000)
            guard list.add(Int(changes[second]) - within, .users, second * 1000) else { return nil }
            for part in fractions[second].parts {
                guard list.add(part.delta, part.counted, second * 1000 + part.millisecond) else { return nil }
            }
        }
        return list
    }
}

extension ChangeList {
    /// Adds a change of any size as changes of 1 or -1; false if there are too many.
    fileprivate mutating func add(_ delta: Int, _ counted: Counted, _ time: Int) -> Bool {
        guard abs(delta) < Self.limit else { return false }
        for _ in 0..<abs(delta) { add(delta < 0 ? -1 : 1, counted, at: time) }
        return !isFull
    }
}

extension ArraySlice<Int32> {
    /// The sum of the elements.
    fileprivate var total: Int {
        var sum = 0
        for element in self { sum &+= Int(element) }
        return sum
    }
}

extension Array {
    /// Takes elements off the front and adds as many at the end.
    mutating func shift(by count: Int, filling element: Element) {
        removeFirst(count)
        append(contentsOf: repeatElement(element, count: count))
    }
}
