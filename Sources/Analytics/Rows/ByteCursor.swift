/// A position in bytes from which values are read one after another.
package struct ByteCursor: Sendable {
    package private(set) var index = 0

    package init() {}

    /// The range of the next `count` bytes.
    ///
    /// - Throws: `MalformedRow` if fewer are left.
    package mutating func take(_ count: Int, of bytes: Span<UInt8>) throws(MalformedRow) -> Range<Int> {
        guard count <= bytes.count - index else { throw MalformedRow() }
        defer { index += count }
        return index..<(index + count)
    }

    /// The next big-endian integer.
    ///
    /// - Throws: `MalformedRow` if fewer bytes are left.
    package mutating func integer<Number: FixedWidthInteger>(
        _ type: Number.Type,
        of bytes: Span<UInt8>
    ) throws(MalformedRow) -> Number {
        bytes.bigEndian(type, at: try take(Number.bitWidth / 8, of: bytes).lowerBound)
    }

    /// The range of the bytes behind the next 4 bytes, which are their number.
    ///
    /// - Throws: `MalformedRow` if fewer are left.
    package mutating func takeCounted(of bytes: Span<UInt8>) throws(MalformedRow) -> Range<Int> {
        try take(Int(try integer(UInt32.self, of: bytes)), of: bytes)
    }
}
