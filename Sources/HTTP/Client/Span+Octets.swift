extension Span<UInt8> {
    /// The place of a byte from an index on; nil if there is none.
    func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        for index in start..<count where self[index] == byte { return index }
        return nil
    }

    /// The place of the last of a byte before an index; nil if there is none.
    func lastIndex(of byte: UInt8, before end: Int) -> Int? {
        for index in (0..<end).reversed() where self[index] == byte { return index }
        return nil
    }

    /// A part without the blanks and tabs at both of its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isBlank { start += 1 }
        while start < end, self[end - 1].isBlank { end -= 1 }
        return start..<end
    }

    /// The value of up to five decimal digits without leading zeros; nil for anything else, and beyond a limit.
    func decimal(upTo limit: Int) -> Int? {
        guard (1...5).contains(count), count == 1 || self[0] != UInt8(ascii: "0") else { return nil }
        var number = 0
        for index in indices {
            guard let digit = self[index].hexadecimalDigit, digit < 10 else { return nil }
            number = number * 10 + Int(digit)
        }
        return number <= limit ? number : nil
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    /// The value of a hexadecimal digit of either case; nil for any other byte.
    var hexadecimalDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// True for ASCII letters and digits.
    var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }

    /// True for the characters of header names and of other tokens (RFC 9110, section 5.6.2).
    var isTokenCharacter: Bool { isLetterOrDigit || "!#$%&'*+-.^_`|~".utf8.contains(self) }
}
