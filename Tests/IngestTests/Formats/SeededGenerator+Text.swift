import Support

extension SeededGenerator {
    /// Random bytes of an alphabet.
    mutating func bytes(_ count: ClosedRange<Int>, of alphabet: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: count, using: &self) {
            bytes.append(alphabet[Int.random(in: 0..<alphabet.count, using: &self)])
        }
        return bytes
    }

    /// A valid name of a user, with many characters that formats have to escape.
    mutating func userText() -> String {
        let scalars = Array("abz09\",,\"\n\r\r\n\t\\/{}[]:' é\u{301}\u{7F}\u{FEFF}😀%+&=".unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 1...20, using: &self) {
            text.append(scalars[Int.random(in: 0..<scalars.count, using: &self)])
        }
        return String(text)
    }

    /// True with a probability of one in `oneIn`.
    mutating func chance(_ oneIn: Int) -> Bool {
        Int.random(in: 0..<oneIn, using: &self) == 0
    }
}
