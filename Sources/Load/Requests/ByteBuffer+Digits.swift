import NIOCore

extension ByteBuffer {
    /// The last eight decimal digits of a number as the ASCII bytes of one integer, to be written at once.
    static func eightDigits(_ number: Int) -> UInt64 {
        var rest = UInt64(number)
        var digits: UInt64 = 0
        for place in UInt64(0)..<8 {
            digits |= (rest % 10 + 48) << (place * 8)
            rest /= 10
        }
        return digits
    }
}
