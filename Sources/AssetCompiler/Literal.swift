/// The content of a file as a Swift expression.
///
/// Array literals take 0.1 to 0.2 seconds for each KB to compile, string literals next to nothing. So bytes are written
/// as a string too: each as the character of the same number.
enum Literal {
    /// A `String`, lines as they are.
    static func text(_ text: String) -> String {
        // More hashes than follow any quote or backslash, so that none ends the literal or begins an escape.
        let hashes = String(repeating: "#", count: 1 + longestRun(in: text))
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            // A carriage return would be read as a newline.
            case "\0"..<" ", "\u{7F}": escaped += "\\\(hashes)u{\(String(scalar.value, radix: 16))}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return "\(hashes)\"\"\"\n\(escaped)\n\"\"\"\(hashes)"
    }

    /// A `[UInt8]`, made when it is first used.
    static func bytes(_ bytes: [UInt8]) -> String {
        var escaped = ""
        for byte in bytes {
            switch byte {
            case 0..<0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "\\"): escaped += "\\u{\(String(byte, radix: 16))}"
            default: escaped.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return "\"\(escaped)\".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }"
    }

    /// The greatest number of `#` that follow a quote or a backslash.
    private static func longestRun(in text: String) -> Int {
        var longest = 0
        var current: Int?
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): current = 0
            case UInt8(ascii: "#"): current = current.map { $0 + 1 }
            default: current = nil
            }
            longest = max(longest, current ?? 0)
        }
        return longest
    }
}
