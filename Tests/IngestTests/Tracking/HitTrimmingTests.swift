import Analytics
import Ingest
import Support
import Testing

struct HitTrimmingTests {
    @Test(arguments: [
        (#""url":"about:blank""#, HitField.url), (#""url":5"#, .url), (#""url":"a\u0000""#, .url),
        (#""title":[]"#, .title),
        (#""title":"\ud800""#, .title), (#""title":"a\u0000b""#, .title), (#""referrer":true"#, .referrer),
        (#""visitor":"é""#, .visitor), (#""visitor":"\#(String(repeating: "v", count: 129))""#, .visitor),
        (#""value":"1,5""#, .value), (#""value":1e12"#, .value), (#""value":{}"#, .value),
        (#""currency":"EU""#, .currency),
        (#""currency":"EURO""#, .currency), (#""currency":"E1R""#, .currency), (#""screen":"1920""#, .screen),
        (#""screen":"100000x1""#, .screen), (#""screen":"1x2x3""#, .screen), (#""screen":"x1""#, .screen),
        (#""viewport":"1920×1080""#, .viewport), (#""language":"posix""#, .language), (#""language":"*""#, .language),
        (#""timezone":"Europe//Berlin""#, .timezone), (#""timezone":"+01:00""#, .timezone),
        (#""timezone":"Europe/""#, .timezone), (#""interactive":"no""#, .interactive),
        (#""interactive":[]"#, .interactive),
        (#""gpc":2"#, .gpc), (#""scroll":50"#, .scroll), (#""engaged":50"#, .engaged),
        (#""name":"engagement","scroll":101"#, .scroll), (#""name":"engagement","scroll":0.5"#, .scroll),
        (#""name":"engagement","engaged":-1"#, .engaged), (#""ip":"a b""#, .ip), (#""country":"DEU""#, .country),
        (#""country":"49""#, .country), (#""city":false"#, .city), (#""props":[]"#, .props), (#""props":"{""#, .props),
        (#""props":{"a":"\u0000"}"#, .props),
    ])
    func leavesOutWhatIsInvalid(members: String, field: HitField) throws {
        var hit = try HitInput("{\(members)}")
        #expect(hit.trimmed == [field])
        hit.trimmed = []
        var expected = HitInput()
        expected.name = hit.name
        expected.isInteractive = hit.name == "pageview"
        #expect(hit == expected)
    }

    @Test(arguments: [
        ("title", HitField.title, 500, \HitInput.title), ("referrer", .referrer, 2_048, \HitInput.referrer),
        ("user_agent", .userAgent, 512, \HitInput.userAgent), ("region", .region, 200, \HitInput.given.region),
        ("source", .source, 200, \HitInput.given.source),
    ])
    func cutsBetweenCharacters(
        key: String,
        field: HitField,
        limit: Int,
        path: any KeyPath<HitInput, String?> & Sendable
    ) throws {
        for padding in 0..<12 {
            let start = String(repeating: "a", count: limit - padding)
            // Two scalars of three bytes together, and a family of 25 bytes.
            for character in ["e\u{301}", "👨‍👩‍👧‍👦", "é", "a"] {
                let text = start + character
                let hit = try HitInput(#"{"\#(key)":"\#(text)"}"#)
                let fits = text.utf8.count <= limit
                #expect(hit[keyPath: path] == (fits ? text : start))
                #expect(hit.trimmed == (fits ? [] : [field]))
            }
        }
    }

    /// A base letter with so many marks that it is longer than a title.
    @Test func cutsWithinAnEndlessCharacter() throws {
        let title = "e" + String(repeating: "\u{301}", count: 1_000)
        let cut = try #require(try HitInput(#"{"title":"\#(title)"}"#).title)
        #expect(cut.utf8.count == 499)
        #expect(title.utf8.starts(with: cut.utf8))
    }

    @Test func limitsTheEngagedTime() throws {
        let hit = try HitInput(#"{"name":"engagement","engaged":99999999999999999999,"scroll":100}"#)
        #expect(hit.engaged == .max)
        #expect(hit.scroll == 100)
        #expect(hit.trimmed.isEmpty)
    }

    @Test(arguments: [
        ("zh-hant-tw", "zh-Hant-TW"), ("EN_us", "en-US"), ("iw", "he"), ("es-419", "es-419"),
        ("de-CH-1996", "de-CH-1996"),
        ("fil", "fil"),
    ])
    func takesLanguages(written: String, tag: String) throws {
        let hit = try HitInput(#"{"language":"\#(written)"}"#)
        #expect(hit.language == tag)
        #expect(hit.trimmed.isEmpty)
    }

    @Test(arguments: [
        ("de-x-private", "de"), ("en-u-ca-gregory", "en"),
        ("en-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd", "en-aaaaaaaa-bbbbbbbb-cccccccc"),
    ])
    func cutsLanguagesBetweenSubtags(written: String, tag: String) throws {
        let hit = try HitInput(#"{"language":"\#(written)"}"#)
        #expect(hit.language == tag)
        #expect(hit.trimmed == [.language])
    }

    @Test(arguments: ["x;q=abc", "c", "en-", "-en", "en--US", "12", "e1", "englishes", "en-ü", "en US"])
    func leavesOutOtherLanguages(written: String) throws {
        let hit = try HitInput(#"{"language":"\#(written)"}"#)
        #expect(hit.language == nil)
        #expect(hit.trimmed == [.language])
    }

    /// The path of a long address is still decoded when its end is cut off.
    @Test func cutsAnAddressBetweenEscapedCharacters() throws {
        for (escaped, character) in [("%C3%A9", "é"), ("%E2%82%AC", "€"), ("%F0%9F%98%80", "😀"), ("%20a", " a")] {
            for padding in 0..<12 {
                let start = "https://example.com/" + String(repeating: "a", count: padding)
                let hit = try HitInput(#"{"url":"\#(start + String(repeating: escaped, count: 700))"}"#)
                let path = try #require(hit.url?.path(of: SiteSettings()))
                let count = (2_048 - start.utf8.count) / escaped.utf8.count
                let expected = "/" + String(repeating: "a", count: padding) + String(repeating: character, count: count)
                #expect(path == expected || (escaped == "%20a" && path.hasPrefix(expected)))
                #expect(hit.trimmed == [.url])
            }
        }
    }
}
