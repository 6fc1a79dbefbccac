import Analytics
import FoundationEssentials
import Testing

@testable import Web

struct PageTests {
    @Test func thePolicyAllowsNothingInlineAndNoOtherHost() throws {
        let headers = PageHeaders(isEncrypted: false).fields
        let fields = Dictionary(uniqueKeysWithValues: headers.map { ($0.name, $0.value) })
        let policy = try #require(fields["Content-Security-Policy"])
        #expect(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains("*"))
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(fields["Strict-Transport-Security"] == nil)
        #expect(PageHeaders(isEncrypted: true).fields.contains { $0.name == "Strict-Transport-Security" })
    }

    @Test func filesAreNamedForTheirContent() {
        let names = PageAsset.all.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names { #expect(name.wholeMatch(of: /[a-z]+\.[0-9a-f]{8,16}\.(css|js|svg)/) != nil, "\(name)") }
    }

    @Test func theThemeOfTheAccountIsThatOfTheDocument() {
        var frame = Frame(links: Links(), version: "1")
        #expect(!frame.document(CodePage()).text.contains("data-theme="))
        frame.theme = .dark
        #expect(frame.document(CodePage()).text.contains("<html lang=\"en\" data-theme=\"dark\">"))
    }

    @Test func momentsAreInUTC() {
        let time = Timestamp(seconds: 1_795_617_127)
        #expect(Moment(time).html.text == "<time datetime=\"\(time.text)\">25 Nov 2026, 14:32 UTC</time>")
        #expect(Moment(time, isDate: true).html.text.contains(">25 Nov 2026<"))
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "−1,234,567"), (Int.min, "−9,223,372,036,854,775,808"),
    ])
    func figuresAreGrouped(number: Int, text: String) {
        #expect(Figure(number).html.text == text)
    }

    @Test func theStateOfTheInstallationIsJSON() throws {
        let state = InstallationState.refused(reason: "a\"b\\c\nd\u{1F600}", remedy: "")
        let read = try JSONDecoder().decode([String: String].self, from: Data(state.json.utf8))
        #expect(read == ["state": "refused: a\"b\\c d\u{1F600}"])
    }

    @Test func anErrorPageHasTheStatusOfItsReason() {
        #expect(ErrorPage(.notFound, isLoggedIn: true).status == 404)
        #expect(ErrorPage(.unavailable(retryAfter: 5), isLoggedIn: true).status == 503)
        let page = Frame(links: Links(base: "/b"), version: "1").document(
            ErrorPage(.needsLogin(next: "/s/a?b=c"), isLoggedIn: false)
        )
        #expect(page.text.contains("href=\"/b/login?next=%2Fs%2Fa%3Fb%3Dc\""))
    }
}
