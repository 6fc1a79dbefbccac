/// A JSON string with its escapes decoded, as UTF-8; nil for an unpaired surrogate (RFC 8259, section 7).
///
/// The scanner has validated every escape.
func unescapingJSON(_ bytes: Span<UInt8>) -> [UInt8]? {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
        guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
            text.append(bytes[index])
            index += 1
            continue
        }
        guard bytes[index + 1] == UInt8(ascii: "u") else {
            text.append(plainEscape(bytes[index + 1]))
            index += 2
            continue
        }
        guard let (scalar, length) = unicodeEscape(bytes.extracting(index..<bytes.count)) else { return nil }
        text.append(contentsOf: String(Character(scalar)).utf8)
        index += length
    }
    return text
}

private func plainEscape(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
}

/// Reads `\u` and four hexadecimal digits, or two of these as a surrogate pair; returns its length too.
private func unicodeEscape(_ bytes: Span<UInt8>) -> (Unicode.Scalar, Int)? {
    guard let high = codeUnit(bytes, at: 0) else { return nil }
    if let scalar = Unicode.Scalar(UInt32(high)) { return (scalar, 6) }
    guard UTF16.isLeadSurrogate(high), let low = codeUnit(bytes, at: 6), UTF16.isTrailSurrogate(low) else { return nil }
    let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
    return Unicode.Scalar(value).map { ($0, 12) }
}

private func codeUnit(_ bytes: Span<UInt8>, at start: Int) -> UInt16? {
    guard start + 6 <= bytes.count, bytes[start] == UInt8(ascii: "\\"), bytes[start + 1] == UInt8(ascii: "u") else {
        return nil
    }
    var unit: UInt16 = 0
    for index in start + 2..<start + 6 {
        guard let digit = hexDigit(bytes[index]) else { return nil }
        unit = unit << 4 | UInt16(digit)
    }
    return unit
}
