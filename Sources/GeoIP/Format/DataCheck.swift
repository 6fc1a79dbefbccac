/// A check of the values in a data section.
///
/// libmaxminddb skips nested values by recursion without a limit (until 1.13), and so would overflow the stack in a made-up
/// file. It never follows a pointer in doing so: the nesting between two pointers is what has to be bounded.
struct DataCheck {
    /// The deepest nesting of maps and arrays; a city has five levels.
    static let deepest = 32

    /// A bit for each position at which a value has been checked.
    private var checked: [UInt64]
    /// The targets of pointers that are still to be checked.
    private var targets: [Int] = []
    /// The number of values that may still be read: those that overlap could take the square of the file's size.
    private var budget: Int

    /// - Parameter size: The size of the data section, in bytes.
    init(size: Int) {
        checked = [UInt64](repeating: 0, count: size / 64 + 1)
        budget = 4 * size + 1_000
    }

    /// Checks the value at a position and all that it points to.
    ///
    /// - Parameters:
    ///   - position: The position in the data section.
    ///   - data: The data section.
    /// - Returns: The position behind the value; nil if it has been checked before.
    /// - Throws: `GeoFailure.damaged`
    @discardableResult
    mutating func check(valueAt position: Int, in data: Span<UInt8>) throws(GeoFailure) -> Int? {
        guard try note(position, in: data) else { return nil }
        let end = try walk(position, level: 0, data)
        while let target = targets.popLast() { _ = try walk(target, level: 0, data) }
        return end
    }

    /// Returns the position behind a value, without a look at what it points to.
    ///
    /// - Throws: `GeoFailure.damaged`
    mutating func end(ofValueAt position: Int, in data: Span<UInt8>) throws(GeoFailure) -> Int {
        try walk(position, level: 0, data)
    }

    /// Marks a position as checked; returns false if it was before.
    private mutating func note(_ position: Int, in data: Span<UInt8>) throws(GeoFailure) -> Bool {
        guard position >= 0, position < data.count else { throw .damaged("something points beyond its data") }
        let bit: UInt64 = 1 << UInt64(position & 63)
        guard checked[position >> 6] & bit == 0 else { return false }
        checked[position >> 6] |= bit
        return true
    }

    /// Returns the position behind a value.
    private mutating func walk(_ position: Int, level: Int, _ data: Span<UInt8>) throws(GeoFailure) -> Int {
        budget -= 1
        guard budget > 0 else { throw .damaged("its values overlap") }
        guard level <= Self.deepest else { throw .damaged("its values are nested too deeply") }
        guard let field = DataField(at: position, in: data), field.isSizeValid,
            field.end <= data.count - field.contentSize
        else { throw .damaged("a value is not complete or of no known type") }
        var next = field.end + field.contentSize
        switch field.kind {
        case .pointer:
            try follow(field, in: data)
        case .array:
            for _ in 0..<field.size { next = try walk(next, level: level + 1, data) }
        case .map:
            for _ in 0..<field.size {
                next = try key(next, data)
                next = try walk(next, level: level + 1, data)
            }
        default: break
        }
        return next
    }

    private mutating func follow(_ pointer: DataField, in data: Span<UInt8>) throws(GeoFailure) {
        guard DataField(at: pointer.size, in: data)?.kind != .pointer else {
            throw .damaged("a pointer points to a pointer")
        }
        if try note(pointer.size, in: data) { targets.append(pointer.size) }
    }

    /// Checks the key of a pair, a text or a pointer to one; returns the position behind it.
    private mutating func key(_ position: Int, _ data: Span<UInt8>) throws(GeoFailure) -> Int {
        guard let field = DataField(at: position, in: data),
            let text = field.kind == .pointer ? DataField(at: field.size, in: data) : field, text.kind == .text
        else { throw .damaged("the key of a value is no text") }
        return try walk(position, level: 0, data)
    }
}
