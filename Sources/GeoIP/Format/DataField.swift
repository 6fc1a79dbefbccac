/// The head of a value in the data section of a MaxMind DB file (version 2.0 of the format).
struct DataField {
    /// The types with their numbers in the format.
    enum Kind: Int {
        case pointer = 1
        case text, double, bytes, uint16, uint32, map, int32, uint64, uint128, array
        case boolean = 14
        case float
    }

    let kind: Kind
    /// The bytes of the value; the pairs of a map, the elements of an array, the target of a pointer, 1 for true.
    let size: Int
    /// The position behind the head.
    let end: Int

    private init(_ kind: Kind, size: Int, end: Int) {
        self.kind = kind
        self.size = size
        self.end = end
    }

    /// Reads the head at a position; nil if there is none, or it is not complete.
    init?(at position: Int, in bytes: Span<UInt8>) {
        guard let control = bytes.number(at: position, width: 1) else { return nil }
        var type = control >> 5
        guard type != Kind.pointer.rawValue else {
            self.init(pointer: control, behind: position + 1, in: bytes)
            return
        }
        var next = position + 1
        if type == 0 {
            // The types that do not fit into three bits are in a byte of their own.
            guard let more = bytes.number(at: next, width: 1), more > 0 else { return nil }
            type = more + 7
            next += 1
        }
        var size = control & 31
        if size >= 29 {
            let width = size - 28
            guard let more = bytes.number(at: next, width: width) else { return nil }
            size = [29, 285, 65_821][width - 1] + more
            next += width
        }
        guard let kind = Kind(rawValue: type) else { return nil }
        self.init(kind, size: size, end: next)
    }

    private init?(pointer control: Int, behind position: Int, in bytes: Span<UInt8>) {
        let width = (control >> 3 & 3) + 1
        guard let low = bytes.number(at: position, width: width) else { return nil }
        let high = width == 4 ? 0 : (control & 7) << (8 * width)
        self.init(.pointer, size: high + low + [0, 2_048, 526_336, 0][width - 1], end: position + width)
    }

    /// The bytes that follow the head and belong to the value itself.
    var contentSize: Int {
        switch kind {
        case .pointer, .map, .array, .boolean: 0
        default: size
        }
    }

    /// True if the size is one that the type may have.
    var isSizeValid: Bool {
        switch kind {
        case .pointer, .map, .array, .text, .bytes: true
        case .boolean: size <= 1
        case .float: size == 4
        case .double: size == 8
        case .uint16: size <= 2
        case .uint32, .int32: size <= 4
        case .uint64: size <= 8
        case .uint128: size <= 16
        }
    }
}

extension Span<UInt8> {
    /// A number of up to seven bytes, the highest first; nil beyond the end.
    func number(at position: Int, width: Int) -> Int? {
        guard position >= 0, width <= count, position <= count - width else { return nil }
        var number = 0
        for index in position..<position + width { number = number << 8 | Int(self[index]) }
        return number
    }
}
