/// Decodes a form value: `+` is a space, `%41` an `A`; nil if a `%` is not followed by two hex digits.
package func percentDecoding(_ bytes: Span<UInt8>) -> [UInt8]? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
        switch bytes[index] {
        case UInt8(ascii: "+"):
            decoded.append(UInt8(ascii: " "))
        case UInt8(ascii: "%"):
            guard index + 2 < bytes.count, let byte = hexByte(bytes[index + 1], bytes[index + 2]) else { return nil }
            decoded.append(byte)
            index += 2
        case let byte:
            decoded.append(byte)
        }
        index += 1
    }
    return decoded
}

private func hexByte(_ high: UInt8, _ low: UInt8) -> UInt8? {
    guard let high = hexDigit(high), let low = hexDigit(low) else { return nil }
    return high << 4 | low
}
