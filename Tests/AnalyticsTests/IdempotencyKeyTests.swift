import Analytics
import Testing

struct IdempotencyKeyTests {
    @Test(arguments: ["a", "!", "~", "8e03978e-40d5-43e8-bc93-6894a57f9324", "\"quoted\"", "a,b;c=d", "%00"])
    func isVisibleASCII(text: String) throws {
        #expect(try IdempotencyKey(parsing: text).text == text)
    }

    @Test func isEveryLengthFrom1To128() throws {
        for length in 1...128 {
            let text = String(repeating: "k", count: length)
            #expect(try IdempotencyKey(parsing: text).text == text)
        }
    }

    @Test func isEachVisibleCharacterAndNoOther() {
        for byte in UInt8(0)...0x7F {
            let text = String(Unicode.Scalar(byte))
            // Only success or failure matters; other tests check the error.
            let key = try? IdempotencyKey(parsing: "a\(text)b")
            #expect((key != nil) == (byte > 0x20 && byte < 0x7F), "\(byte)")
        }
    }

    @Test(arguments: [
        "", " ", "a b", " a", "a ", "\t", "a\n", "a\r\n", "\0", "\u{7F}", "é", "ａ", "😀", "a\u{301}",
        String(repeating: "k", count: 129), String(repeating: "k", count: 65_536),
    ])
    func isNothingElse(text: String) {
        #expect(throws: Rejection(.idempotencyKey, .invalidKey)) { try IdempotencyKey(parsing: text) }
    }

    @Test func isCaseSensitive() throws {
        #expect(try IdempotencyKey(parsing: "key") != IdempotencyKey(parsing: "Key"))
    }
}
