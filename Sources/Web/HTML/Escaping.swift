extension [UInt8] {
    /// Appends text so that it means itself between tags and in attributes with quotes.
    ///
    /// Control characters that HTML does not allow become U+FFFD.
    mutating func append(escaping text: some StringProtocol) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): self += "&amp;".utf8
            case UInt8(ascii: "<"): self += "&lt;".utf8
            case UInt8(ascii: ">"): self += "&gt;".utf8
            case UInt8(ascii: "\""): self += "&quot;".utf8
            case UInt8(ascii: "'"): self += "&#39;".utf8
            case 0..<0x09, 0x0B, 0x0C, 0x0E..<0x20, 0x7F: self += "\u{FFFD}".utf8
            default: append(byte)
            }
        }
    }
}
