/// A value of a MaxMind DB file.
indirect enum MMDBValue: Sendable {
    case text(String)
    case double(Double)
    case float(Float)
    case bytes([UInt8])
    case uint16(UInt16)
    case uint32(UInt32)
    case int32(Int32)
    case uint64(UInt64)
    case uint128(UInt128)
    case bool(Bool)
    case array([MMDBValue])
    /// A map with its keys in order, which need not be distinct.
    case map([(String, MMDBValue)])
    /// Bytes as they are to be in the file.
    case raw([UInt8])
}

extension MMDBValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral {
    init(stringLiteral value: String) { self = .text(value) }

    init(dictionaryLiteral elements: (String, MMDBValue)...) { self = .map(elements) }
}

/// A data section in the making.
struct MMDBEncoder {
    private(set) var bytes: [UInt8] = []
    /// The positions of texts that have been written, for pointers; nil to write each text again.
    private var texts: [String: Int]?

    /// - Parameter sharesTexts: True to write a pointer for a text that has been written before.
    init(sharesTexts: Bool = false) { texts = sharesTexts ? [:] : nil }

    mutating func append(_ value: MMDBValue) {
        switch value {
        case .text(let text): append(text)
        case .double(let number): append(3, number: number.bitPattern, width: 8)
        case .bytes(let bytes):
            append(4, size: bytes.count)
            self.bytes += bytes
        case .uint16(let number): append(5, number: number)
        case .uint32(let number): append(6, number: number)
        case .map(let pairs):
            append(7, size: pairs.count)
            for (key, value) in pairs {
                append(key)
                append(value)
            }
        case .int32(let number): append(8, number: UInt32(bitPattern: number))
        case .uint64(let number): append(9, number: number)
        case .uint128(let number): append(10, number: number)
        case .array(let values):
            append(11, size: values.count)
            for value in values { append(value) }
        case .bool(let value): append(14, size: value ? 1 : 0)
        case .float(let number): append(15, number: number.bitPattern, width: 4)
        case .raw(let bytes): self.bytes += bytes
        }
    }

    private mutating func append(_ text: String) {
        if let position = texts?[text] { return append(pointerTo: position) }
        texts?[text] = bytes.count
        append(2, size: text.utf8.count)
        bytes += text.utf8
    }

    /// Appends a number without its leading zero bytes, or with a fixed width.
    private mutating func append(_ type: Int, number: some FixedWidthInteger & UnsignedInteger, width: Int? = nil) {
        let width = width ?? (number.bitWidth - number.leadingZeroBitCount + 7) / 8
        append(type, size: width)
        bytes += Self.bigEndian(number, width)
    }

    /// Appends the head of a value.
    mutating func append(_ type: Int, size: Int) {
        let (code, more): (Int, [UInt8]) =
            switch size {
            case ..<29: (size, [])
            case ..<285: (29, Self.bigEndian(UInt(size - 29), 1))
            case ..<65_821: (30, Self.bigEndian(UInt(size - 285), 2))
            default: (31, Self.bigEndian(UInt(size - 65_821), 3))
            }
        bytes.append(UInt8((type < 8 ? type << 5 : 0) | code))
        if type > 7 { bytes.append(UInt8(type - 7)) }
        bytes += more
    }

    private mutating func append(pointerTo position: Int) {
        switch position {
        case ..<2_048:
            bytes += [UInt8(0x20 | position >> 8), UInt8(position & 0xFF)]
        case ..<526_336:
            bytes.append(UInt8(0x28 | (position - 2_048) >> 16))
            bytes += Self.bigEndian(UInt(position - 2_048) & 0xFFFF, 2)
        default:
            bytes.append(0x38)
            bytes += Self.bigEndian(UInt(position), 4)
        }
    }

    static func bigEndian(_ number: some FixedWidthInteger & UnsignedInteger, _ width: Int) -> [UInt8] {
        (0..<width).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
