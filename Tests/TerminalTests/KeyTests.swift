import Testing

@testable import Terminal

struct KeyTests {
    @Test(arguments: [
        ("q", [Key.character("q")]), ("\u{1b}[A", [.up]), ("\u{1b}OB", [.down]),
        ("\u{1b}[5~x", [.pageUp, .character("x")]),
        ("\u{1b}", [.escape]), ("\u{3}\u{c}", [.control("c"), .control("l")]), ("\t\r", [.tab, .enter]),
        ("ä漢", [.character("ä"), .character("漢")]), ("\u{1b}[99;99X", []), ("\u{7f}", [.backspace]),
    ])
    func keysAreFound(text: String, keys: [Key]) {
        var whole = Key.Parser()
        let found = whole.parse(text.utf8)
        #expect(found == keys)
    }

    /// Sequences and characters that come in pieces are the same keys.
    @Test func piecesAreJoined() {
        var parser = Key.Parser()
        let keys = ["\u{1b}[", "6", "~", "a"].flatMap { parser.parse($0.utf8) }
        #expect(keys == [.pageDown, .character("a")])
        let bytes = Array("漢".utf8)
        let split = [bytes.prefix(1), bytes.dropFirst(1)].flatMap { parser.parse($0) }
        #expect(split == [.character("漢")])
        let noise = parser.parse(
            [0xff, 0xc3, 0x28] + Array(repeating: 0x1b, count: 2) + [UInt8](repeating: 0x5b, count: 40)
        )
        #expect(noise.contains(.character("(")))
        let last = parser.parse("q".utf8)
        #expect(last == [.character("q")])
    }
}
