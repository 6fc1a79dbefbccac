extension [UInt8] {
    /// Appends an integer in big-endian byte order.
    package mutating func append(bigEndian number: some FixedWidthInteger) {
        for shift in stride(from: number.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}

extension Span<UInt8> {
    /// Reads a big-endian integer, all bytes of which must be in the span.
    package func bigEndian<Number: FixedWidthInteger>(_ type: Number.Type, at index: Int) -> Number {
        var number: Number = 0
        for offset in 0..<(Number.bitWidth / 8) {
            number = number << 8 | Number(truncatingIfNeeded: self[index + offset])
        }
        return number
    }
}
