extension [UInt8] {
    /// Appends a text as a JSON string, with its quotes.
    mutating func append(json text: String) {
        append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case ..<0x20:
                append(contentsOf: "\\u00\(byte < 16 ? "0" : "1")".utf8)
                append(contentsOf: String(byte & 15, radix: 16).utf8)
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }

    /// Appends JSON that has been validated, without the blanks between its parts.
    mutating func append(compactJSON written: Span<UInt8>) {
        var isInString = false
        var index = 0
        while index < written.count {
            let byte = written[index]
            if isInString, byte == UInt8(ascii: "\\"), index + 1 < written.count {
                append(byte)
                index += 1
            } else if byte == UInt8(ascii: "\"") {
                isInString.toggle()
            }
            if isInString || byte > 0x20 { append(written[index]) }
            index += 1
        }
    }
}
