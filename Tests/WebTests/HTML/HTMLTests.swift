import Testing

@testable import Web

struct HTMLTests {
    private struct Part: Component {
        var html: HTML { "<b>bold</b>" }
    }

    @Test func textIsEscapedAndHTMLIsNot() {
        let text = "<i a=\"b\" c='d'>&"
        let html: HTML = "<p>\(text)</p>\("<br>" as HTML)\(Part())"
        #expect(html.text == "<p>&lt;i a=&quot;b&quot; c=&#39;d&#39;&gt;&amp;</p><br><b>bold</b>")
    }

    @Test func partsMayBeAbsentOrMany() {
        let none: HTML? = nil
        let noPart: Part? = nil
        let many: [HTML] = ["1", "2"]
        let html: HTML = "\(none)\(noPart)\(many)\([Part(), Part()])\(7)"
        #expect(html.text == "12<b>bold</b><b>bold</b>7")
    }

    @Test func attributesHaveABlankBeforeThemOrAreAbsent() {
        let attributes: HTML = "\(attribute: "id", "x\"y")\(attribute: "class", nil)"
        let html: HTML = "<a\(attributes)\(flag: "hidden", true)\(flag: "open", false)>"
        #expect(html.text == "<a id=\"x&quot;y\" hidden>")
    }

    @Test func charactersThatHTMLForbidsAreReplaced() {
        let html: HTML = "\("a\0b\u{1B}c\u{7F}d\te\nf\u{E9}\u{1F600}")"
        #expect(html.text == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\te\nf\u{E9}\u{1F600}")
    }

    @Test(arguments: [
        ("https://a.test/", true), ("HTTP://a.test", true), ("javascript:alert(1)", false), ("//a.test", false),
    ])
    func onlyAddressesOfTheWebAreLinks(address: String, isLink: Bool) {
        #expect(ForeignLink(address, text: "x").html.text.contains("href") == isLink)
    }
}
