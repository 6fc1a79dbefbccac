/// The instants whose answers are checked, and the slices of time that make up their windows.
///
/// Windows begin and end only at slice boundaries: an event belongs to one slice, however many windows it is in, and a
/// window is a range of slices.
struct Instants: Sendable {
    private static let window = 3_600

    /// In seconds since 1970, ascending.
    let timestamps: [Int]
    /// The slices of each instant's window.
    let windows: [Range<Int>]
    let sliceCount: Int
    /// The slice of each second of the range.
    private let slices: [UInt16]

    /// - Parameters:
    ///   - timestamps: The instants, in the range from `start` to `start + last`.
    ///   - start: The first second of the range.
    ///   - last: The last second of the range, counted from its first.
    init(_ timestamps: Set<Int>, start: Int, last: Int) {
        let sorted = timestamps.sorted()
        var isCut = [Bool](repeating: false, count: last + 2)
        for timestamp in sorted {
            isCut[max(0, timestamp - Self.window - start)] = true
            isCut[timestamp - start + 1] = true
        }
        isCut[0] = false
        var slice: UInt16 = 0
        let slices = (0...last).map { second in
            if isCut[second] { slice += 1 }
            return slice
        }
        windows = sorted.map { timestamp in
            let first = slices[max(0, timestamp - Self.window - start)]
            return Int(first)..<Int(slices[timestamp - start]) + 1
        }
        self.timestamps = sorted
        self.slices = slices
        sliceCount = Int(slice) + 1
    }

    func slice(of event: Event) -> Int {
        Int(slices[Int(event.second)])
    }
}

extension Instants {
    /// Picks random instants of the range, its last three full hours, and its end.
    static func random(count: Int, start: Int, last: Int, seed: UInt64) -> Instants {
        guard count > 0 else { return Instants([], start: start, last: last) }
        // Another seed than that of the events.
        var random = SplitMix(seed: ~seed)
        var timestamps = Set((0..<count).map { _ in start + random.draw(below: last + 1) })
        let end = start + last
        timestamps.insert(end)
        for border in stride(from: end - end % 3_600, through: start, by: -3_600).prefix(3) {
            timestamps.insert(border)
        }
        return Instants(timestamps, start: start, last: last)
    }
}
