import Analytics
import Foundation
import Support
import Testing

/// Patterns with stars, compared with regular expressions.
struct WildcardTests {
    @Test(arguments: [
        ("/blog/**", "/blog/a/b", true), ("/blog/*", "/blog/", true), ("/blog/*", "/blog", false),
        ("*", "", true), ("", "", true), ("", "/", false), ("/a*b*c", "/axxbxxc", true), ("/a*b*c", "/axxcxxb", false),
        ("/*.pdf", "/a.pdf.pdf", true), ("/é", "/e\u{301}", false), ("/a.b", "/axb", false),
    ])
    func matchWholeTexts(pattern: String, text: String, matches: Bool) {
        #expect(Wildcard(pattern).matches(text) == matches)
    }

    @Test func matchAsRegularExpressionsDo() {
        var random = SeededGenerator(seed: 11)
        func text(of characters: String, upTo length: Int) -> String {
            String(
                (0..<Int.random(in: 0...length, using: &random)).compactMap { _ in
                    characters.randomElement(using: &random)
                }
            )
        }
        var found = 0
        for _ in 0..<20_000 {
            let (pattern, word) = (text(of: "ab**", upTo: 8), text(of: "ab", upTo: 10))
            let expression = "^" + pattern.replacing("*", with: ".*") + "$"
            let expected = word.range(of: expression, options: .regularExpression) != nil
            #expect(Wildcard(pattern).matches(word) == expected, "\(pattern) \(word)")
            found += expected ? 1 : 0
        }
        #expect(found > 1000)
    }

    /// A pattern that a backtracking expression would need exponential time for.
    @Test(.timeLimit(.minutes(1))) func doNotTakeForEver() {
        let pattern = String(repeating: "*a", count: 250) + "*b"
        #expect(!Wildcard(pattern).matches(String(repeating: "a", count: 2048)))
    }
}
