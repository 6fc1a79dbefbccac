import Analytics
import Testing

struct KeyTextTests {
    private static let digits = String(repeating: "A", count: 43)

    @Test(arguments: KeyScope.allCases)
    func aRandomKeyIsRead(scope: KeyScope) throws {
        let key = KeyText.random(scope)
        #expect(KeyText(parsing: key.text) == key)
        #expect(key.scope == scope)
        #expect("\(key)".utf8.count == 7)
    }

    /// The keys of other products stand in pages, so they are write keys whatever they look like.
    @Test(arguments: [
        "6f0a1f0e9d534f6c8a3c6b9a3c1d7e42", "0123456789abcdef", "phc_" + digits, String(repeating: "~", count: 64),
    ])
    func aForeignTextIsAWriteKey(text: String) {
        #expect(KeyText(parsing: text)?.scope == .write)
    }

    @Test func aRandomLinkIsRead() {
        let link = ShareText.random()
        #expect(ShareText(parsing: link.text) == link)
        #expect(link.text.hasPrefix("hgl_") && link != .random())
        #expect("\(link)" == "hgl_***")
        for text in ["", "hgl_", link.text + "A", String(link.text.dropLast()) + "+", "hgr_" + link.text.dropFirst(4)] {
            #expect(ShareText(parsing: text) == nil, "\(text)")
        }
    }

    @Test(arguments: [
        "", "0123456789abcde", String(repeating: "a", count: 65), "0123456789 abcdef", "0123456789abcdé0", "hgs_",
        "hgs_" + digits + "A", "hgr_0123456789abcdef", "hgw_" + String(digits.dropLast()) + "+",
        "hgl_" + digits,
    ])
    func othersAreNone(text: String) {
        #expect(KeyText(parsing: text) == nil)
    }
}
