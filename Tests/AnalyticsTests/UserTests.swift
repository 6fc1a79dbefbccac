import Analytics
import Support
import Testing

struct UserTests {
    @Test(arguments: [
        "a", "A", " ", "  a  ", "\t\n\r", "joe@example.com", "O\"Brien", "a+b%20c&d=e", "ünïcödé", "用户", "\u{1}",
        "\u{7F}",
        "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FEFF}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}", "👩‍👩‍👧‍👦",
    ])
    func keepsEveryByte(text: String) throws {
        #expect(Array(try user(text).text.utf8) == Array(text.utf8))
    }

    @Test func isEveryLengthFrom1To256Bytes() throws {
        for length in 1...256 {
            #expect(try user(String(repeating: "x", count: length)).text.utf8.count == length)
        }
        #expect(try user(String(repeating: "😀", count: 64)).text.utf8.count == 256)
    }

    @Test func isNotEmpty() {
        #expect(throws: Rejection(.user, .empty)) { try user("") }
    }

    @Test(arguments: [257, 258, 65_536])
    func isNotLonger(length: Int) {
        #expect(throws: Rejection(.user, .tooLong)) { try user(String(repeating: "x", count: length)) }
    }

    @Test func countsBytesAndNotCharacters() {
        #expect(throws: Rejection(.user, .tooLong)) { try user(String(repeating: "é", count: 129)) }
        #expect(throws: Rejection(.user, .tooLong)) { try user(String(repeating: "😀", count: 64) + "a") }
    }

    @Test func holdsNoNULAnywhere() {
        for place in 0..<256 {
            var bytes = [UInt8](repeating: 0x61, count: 256)
            bytes[place] = 0
            #expect(throws: Rejection(.user, .containsNUL)) { try User(parsing: bytes.span) }
        }
        #expect(throws: Rejection(.user, .containsNUL)) { try user("\0") }
    }

    @Test(
        arguments: [
            // A continuation byte without a start, and bytes that are never valid.
            [0x80], [0xBF], [0xFE], [0xFF], [0x61, 0x80, 0x62],
            // Truncated sequences.
            [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0x61, 0xC3], [0xC3, 0x28], [0xE2, 0x28, 0xA1],
            [0xE2, 0x82, 0x28],
            // Overlong encodings.
            [0xC0, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF],
            // Surrogates, alone and as a pair.
            [0xED, 0xA0, 0x80], [0xED, 0xAF, 0xBF], [0xED, 0xB0, 0x80], [0xED, 0xBF, 0xBF],
            [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80],
            // Beyond U+10FFFF.
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
            [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80],
        ] as [[UInt8]]
    )
    func isUTF8(bytes: [UInt8]) {
        #expect(throws: Rejection(.user, .invalidUTF8)) { try User(parsing: bytes.span) }
        let long = [UInt8](repeating: 0x61, count: 200) + bytes
        #expect(throws: Rejection(.user, .invalidUTF8)) { try User(parsing: long.span) }
    }

    @Test(arguments: [
        ("\u{E9}", "e\u{301}"), ("\u{C5}", "\u{212B}"), ("\u{AC00}", "\u{1100}\u{1161}"),
        ("a\u{323}\u{307}", "a\u{307}\u{323}"),
    ])
    func isNotNormalised(composed: String, decomposed: String) throws {
        // The strings are equal in Swift, although their bytes differ.
        #expect(composed == decomposed)
        let (one, other) = (try user(composed), try user(decomposed))
        #expect(one != other)
        #expect(Set([one, other, one, other]).count == 2)
    }

    @Test(arguments: [("a", "A"), ("a", "a "), ("a", " a"), ("ß", "ss"), ("a", "аа"), ("ab", "a")])
    func differsInEveryByte(one: String, other: String) throws {
        #expect(try user(one) != user(other))
        #expect(Set([try user(one), try user(other)]).count == 2)
    }

    @Test func isTheSameWhenItsBytesAre() throws {
        #expect(try user("e\u{301}") == user("e\u{301}"))
        #expect(try user("joe").hashValue == user("joe").hashValue)
    }

    @Test(arguments: 0..<20)
    func acceptsExactlyTheValidTexts(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let alphabet: [UInt8] = [0x61, 0x7F, 0x80, 0xA9, 0xBF, 0xC3, 0xE2, 0x82, 0xED, 0xA0, 0xF0, 0x9F, 0xF4, 0x8F]
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            let text = String(validating: bytes, as: UTF8.self)
            #expect(
                (try? User(parsing: bytes.span))?.text.utf8.elementsEqual(bytes) ?? false == (text != nil),
                "\(bytes)"
            )
        }
    }

    private func user(_ text: String) throws(Rejection) -> User {
        try User(parsing: Array(text.utf8).span)
    }
}
