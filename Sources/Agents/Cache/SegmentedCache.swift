/// A cache of the entries used last, in two segments (SLRU), with limits for their number and their bytes.
///
/// New entries are on probation, and protected once they are used again; those on probation are forgotten first. So
/// clients that send something new each time drive out one another, but not what is used again and again.
struct SegmentedCache<Key: Hashable, Value> {
    /// The most that the cache holds; four fifths of it are for protected entries.
    struct Limits {
        var entries: Int
        var bytes: Int

        fileprivate var ofProtected: Limits {
            Limits(entries: entries / 5 * 4, bytes: bytes / 5 * 4)
        }
    }

    private enum Segment: Int {
        case probation, protected
    }

    /// An entry, a free place for one, or the head of a segment's ring.
    private struct Slot {
        var key: Key?
        var value: Value?
        var bytes = 0
        var segment: Segment
        /// The next one that was used later; that of the head is the one used least.
        var later: Int
        /// The next one that was used earlier.
        var earlier: Int
    }

    private let limits: Limits
    private var places: [Key: Int] = [:]
    /// The heads of both rings, and then the entries.
    private var slots: [Slot]
    private var free: [Int] = []
    private var protected = Limits(entries: 0, bytes: 0)
    /// The bytes of all entries, as given with them.
    private(set) var bytes = 0

    init(limits: Limits) {
        self.limits = limits
        slots = [Segment.probation, .protected].map {
            Slot(segment: $0, later: $0.rawValue, earlier: $0.rawValue)
        }
    }

    /// The number of entries.
    var count: Int {
        places.count
    }

    /// The value of a key, which counts as a use.
    mutating func value(for key: Key) -> Value? {
        guard let place = places[key] else { return nil }
        unlink(place)
        link(place, in: .protected)
        while protected.entries > limits.ofProtected.entries || protected.bytes > limits.ofProtected.bytes,
            let last = last(of: .protected)
        {
            unlink(last)
            link(last, in: .probation)
        }
        return slots[place].value
    }

    /// Adds an entry, and forgets the least used ones beyond the limits; does nothing if there is one with this key.
    mutating func insert(_ value: Value, for key: Key, bytes: Int) {
        guard places[key] == nil else { return }
        let slot = Slot(key: key, value: value, bytes: bytes, segment: .probation, later: 0, earlier: 0)
        let place: Int
        if let unused = free.popLast() {
            place = unused
            slots[place] = slot
        } else {
            place = slots.count
            slots.append(slot)
        }
        places[key] = place
        self.bytes += bytes
        link(place, in: .probation)
        while count > limits.entries || self.bytes > limits.bytes,
            let last = last(of: .probation) ?? last(of: .protected)
        {
            remove(last)
        }
    }

    private mutating func remove(_ place: Int) {
        unlink(place)
        if let key = slots[place].key { places[key] = nil }
        bytes -= slots[place].bytes
        slots[place] = Slot(segment: .probation, later: place, earlier: place)
        free.append(place)
    }

    private func last(of segment: Segment) -> Int? {
        let place = slots[segment.rawValue].later
        return place == segment.rawValue ? nil : place
    }

    private mutating func unlink(_ place: Int) {
        let (later, earlier) = (slots[place].later, slots[place].earlier)
        slots[later].earlier = earlier
        slots[earlier].later = later
        guard slots[place].segment == .protected else { return }
        protected.entries -= 1
        protected.bytes -= slots[place].bytes
    }

    /// Makes an entry that is in no ring the one used last of a segment.
    private mutating func link(_ place: Int, in segment: Segment) {
        let head = segment.rawValue
        let second = slots[head].earlier
        slots[place].segment = segment
        slots[place].later = head
        slots[place].earlier = second
        slots[second].later = place
        slots[head].earlier = place
        guard segment == .protected else { return }
        protected.entries += 1
        protected.bytes += slots[place].bytes
    }
}
