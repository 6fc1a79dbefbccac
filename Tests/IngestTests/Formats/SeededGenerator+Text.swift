import Support

extension SeededGenerator {
    /// Some of the given bytes in any order.
    mutating func bytes(_ count: ClosedRange<Int>, of alphabet: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: count, using: &self) {
            bytes.append(alphabet[Int.random(in: 0..<alphabet.count, using: &self)])
        }
        return bytes
    }

    /// A text that a user can be named by, with much of what formats have to escape.
    mutating func userText() -> String {
        let scalars = Array("abz09\",,\"\n\r\r\n\t\\/{}[]:' é\u{301}\u{7F}\u{FEFF}😀%+&=".unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 1...20, using: &self) {
            text.append(scalars[Int.random(in: 0..<scalars.count, using: &self)])
        }
        return String(text)
    }

    /// True once in so many times.
    mutating func chance(_ oneIn: Int) -> Bool {
        Int.random(in: 0..<oneIn, using: &self) == 0
    }
}
