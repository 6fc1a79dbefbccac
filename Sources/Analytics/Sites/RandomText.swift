/// 32 random bytes as 43 characters of base64url, of which a secret consists after its prefix.
enum RandomText {
    /// The length of the text, whose digits hold 258 bits.
    static let length = 43

    /// Makes a text from the system's source of random numbers.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        return String((0..<length).map { _ in digits[Int(generator.next() >> 58)] })
    }

    /// True for a text of this form.
    static func isForm(of text: Substring) -> Bool {
        text.utf8.count == length && text.utf8.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
