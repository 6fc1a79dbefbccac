extension Span<UInt8> {
    /// The bytes as a text; nil if they are not valid UTF-8.
    var text: String? {
        guard let valid = try? UTF8Span(validating: self) else { return nil }
        return String(copying: valid)
    }

    /// The bytes as a text that PostgreSQL can store: nil if they are not valid UTF-8 or contain a NUL.
    var storableText: String? {
        for index in indices where self[index] == 0 { return nil }
        return text
    }

    /// The whole number that the bytes are in digits, cut at 2^40; nil if they are not digits.
    var wholeNumber: Int? {
        guard !isEmpty else { return nil }
        var number = 0
        for index in indices {
            guard (0x30...0x39).contains(self[index]) else { return nil }
            number = Swift.min(number * 10 + Int(self[index]) - 0x30, 1 << 40)
        }
        return number
    }

    /// True if all bytes are visible ASCII characters.
    var isVisible: Bool {
        for index in indices where !(0x21...0x7E).contains(self[index]) { return false }
        return true
    }

    /// True if the bytes are letters of ASCII, of either case.
    var isLetters: Bool {
        for index in indices where !(0x61...0x7A).contains(self[index] | 0x20) { return false }
        return true
    }
}
