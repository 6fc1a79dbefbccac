/// Decodes a part of an address: `%41` is an `A`, and a `+` a space if it is part of a query.
///
/// A `%` that two hexadecimal digits do not follow stands for itself. A text that would not be valid UTF-8 then, or
/// contain control characters, is left as it is written.
func unescaping(_ written: String, isQuery: Bool = false) -> String {
    guard written.utf8.contains(where: { $0 == UInt8(ascii: "%") || (isQuery && $0 == UInt8(ascii: "+")) }) else {
        return written
    }
    let bytes = written.utf8Span.span
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
        if let byte = bytes.escape(at: index) {
            decoded.append(byte)
            index += 3
            continue
        }
        decoded.append(isQuery && bytes[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[index])
        index += 1
    }
    let span = decoded.span
    for index in span.indices where span.isControl(at: index) { return written }
    return span.text ?? written
}

extension Span<UInt8> {
    /// The byte that `%` and two hexadecimal digits at an index stand for; nil if there are none.
    fileprivate func escape(at index: Int) -> UInt8? {
        guard index + 2 < count, self[index] == UInt8(ascii: "%"), let high = hexDigit(self[index + 1]),
            let low = hexDigit(self[index + 2])
        else { return nil }
        return high << 4 | low
    }
}

extension String {
    /// The text of an address that was cut, without the beginning of an escape, or of an escaped character, at its end.
    var withoutTornEscape: String {
        let bytes = utf8Span.span
        var end = bytes.count
        for length in 1...2 where length <= end && bytes[end - length] == UInt8(ascii: "%") { end -= length }
        // An escaped character of UTF-8 has up to three bytes behind the first, which tells their number.
        for following in 0..<3 {
            let start = end - 3 * (following + 1)
            guard start >= 0, let byte = bytes.escape(at: start), byte >= 0x80 else { break }
            guard byte >= 0xC0 else { continue }
            if following + 1 < (~byte).leadingZeroBitCount { end = start }
            break
        }
        return bytes.extracting(0..<end).text ?? self
    }
}
