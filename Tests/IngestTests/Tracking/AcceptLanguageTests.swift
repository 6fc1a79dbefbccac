import Ingest
import Testing

struct AcceptLanguageTests {
    @Test(arguments: [
        ("en-US,en;q=0.9", "en-US"), ("de;q=0.5, fr;q=0.8", "fr"), ("zh-hant-tw", "zh-Hant-TW"), ("EN_us", "en-US"),
        ("iw", "he"), ("in-ID", "id-ID"), ("ji", "yi"), ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr-CH"),
        ("de;q=0.8,en;q=0.8", "de"), ("*, en;q=0.1", "en"), ("posix, c, sv;q=0.2", "sv"), ("x;q=abc, da;q=0.3", "da"),
        ("de;q=0, en;q=0.001", "en"), ("de;q=0.999,en;q=1.000", "en"), ("de;q=1.001,en;q=0.1", "en"),
        ("de;Q=0.5", "de"), (" \tde\t;\tq=0.5 ", "de"), (",,de,", "de"), ("de;q=1", "de"), ("de;q=1.,en", "de"),
        ("de;q=0.1234,en;q=0.1", "en"), ("de;level=1,en;q=0.1", "en"), ("de;q=0.5;x=1,en;q=0.1", "en"),
        ("sr-Latn-RS;q=0.7", "sr-Latn-RS"), ("de-x-private", "de"), ("es-419", "es-419"),
        ("aa-" + String(repeating: "bbbbbbbb-", count: 4) + "c", "aa-bbbbbbbb-bbbbbbbb-bbbbbbbb"),
    ])
    func prefersTheHighestQuality(header: String, tag: String) {
        #expect(AcceptLanguage.preferred(header.utf8Span.span)?.text == tag)
    }

    @Test(arguments: [
        "", " ", ",", "*", "x;q=abc", "c", "posix", "C.UTF-8", "de;q=0", "de;q=2", "de;q=-1", "de;q=", "de;q", "de;",
        "de;q=.5", "de;q=0,5x", "d", "deutsch", "12", "e1", "de-", "-de", "de--AT", "é", "de AT", "en-ü", "i-klingon",
        "*;q=1,c;q=0.9",
    ])
    func findsNone(header: String) {
        #expect(AcceptLanguage.preferred(header.utf8Span.span) == nil)
    }

    @Test func takesLongHeaders() {
        let header = String(repeating: "*;q=1,", count: 10_000) + "de;q=0.1"
        #expect(AcceptLanguage.preferred(header.utf8Span.span)?.text == "de")
    }
}
