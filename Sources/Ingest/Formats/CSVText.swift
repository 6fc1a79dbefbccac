/// The text of a quoted CSV field (RFC 4180), with doubled quotes reduced to one.
func unquotingCSV(_ bytes: Span<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    var wasQuote = false
    for index in bytes.indices {
        let isQuote = bytes[index] == UInt8(ascii: "\"")
        if isQuote && wasQuote {
            wasQuote = false
            continue
        }
        text.append(bytes[index])
        wasQuote = isQuote
    }
    return text
}
