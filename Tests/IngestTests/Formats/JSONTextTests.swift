import Analytics
import Ingest
import Support
import Testing

struct JSONTextTests {
    @Test(arguments: [
        ("", ""), ("a", "a"), (#"\""#, "\""), (#"\\"#, "\\"), (#"\/"#, "/"), (#"\b\f\n\r\t"#, "\u{8}\u{C}\n\r\t"),
        (#"\\n"#, "\\n"), (#"\\\n"#, "\\\n"), (#"\u0041"#, "A"), (#"\u0041\u0042C"#, "ABC"), (#"\\u0041"#, "\\u0041"),
        (#"\u0000"#, "\0"), (#"a\u0000b"#, "a\0b"), (#"\u001f"#, "\u{1F}"), (#"\u007F\u0080"#, "\u{7F}\u{80}"),
        (#"\u00e9\u00E9"#, "éé"), (#"\u07ff\u0800"#, "\u{7FF}\u{800}"), (#"\ud7ff\ue000"#, "\u{D7FF}\u{E000}"),
        (#"\ufeff\uffff"#, "\u{FEFF}\u{FFFF}"), (#"e\u0301"#, "e\u{301}"), ("é😀", "é😀"),
    ])
    func readsEscapes(written: String, text: String) throws {
        #expect(try self.text(written) == Array(text.utf8))
    }

    @Test(arguments: [
        (#"\ud83d\ude00"#, "😀"), (#"\uD83D\uDE00"#, "😀"), (#"a\ud83d\ude00b"#, "a😀b"), (#"\ud800\udc00"#, "\u{10000}"),
        (#"\ud800\udfff"#, "\u{103FF}"), (#"\udbff\udc00"#, "\u{10FC00}"), (#"\udbff\udfff"#, "\u{10FFFF}"),
        (#"\ud83d\ude00\ud83d\ude01"#, "😀😁"),
    ])
    func joinsSurrogatePairs(written: String, text: String) throws {
        #expect(try self.text(written) == Array(text.utf8))
    }

    @Test(arguments: [
        #"\ud800"#, #"\udbff"#, #"\udc00"#, #"\udfff"#, #"a\ud83d"#, #"\ud83da"#, #"\ud83d\n"#, #"\ud83d\\ude00"#,
        #"\ud83d\u0041"#, #"\ude00\ud83d"#, #"\ud83d\ud83d\ude00"#, #"\ud83d\ude00\ude00"#, #"\ud83d\ude0"#,
        #"\ud83dude00"#,
        #"\ud83d\ue000"#, #"\ud83d\"#,
    ])
    func refusesASurrogateWithoutItsOtherHalf(written: String) {
        #expect(throws: Rejection(.user, .invalidUTF8)) { try text(written) }
    }

    @Test func readsEveryCharacterOfOneEscape() throws {
        for number in UInt32(0)...0xFFFF {
            let digits = String(number, radix: 16)
            let written = #"\u"# + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            guard let scalar = Unicode.Scalar(number) else {
                #expect(throws: Rejection(.user, .invalidUTF8)) { try text(written) }
                continue
            }
            guard try text(written) != Array(String(scalar).utf8) else { continue }
            Issue.record("\(written)")
        }
    }

    @Test(arguments: 0..<20)
    func readsBackPairsOfAllPlanes(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<500 {
            let scalar = try #require(Unicode.Scalar(UInt32.random(in: 0x10000...0x10FFFF, using: &random)))
            let written = String(scalar).utf16.map { #"\u"# + String($0, radix: 16) }.joined()
            #expect(try text(written) == Array(String(scalar).utf8))
        }
    }

    private func text(_ written: String) throws(Rejection) -> [UInt8] {
        let bytes = Array(written.utf8)
        return try decoding(FieldValue(0..<bytes.count, .json), .user, in: bytes.span) {
            (span) throws(Rejection) in
            var text: [UInt8] = []
            for index in span.indices { text.append(span[index]) }
            return text
        }
    }
}
