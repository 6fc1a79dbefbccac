import Analytics
import Ingest
import Support
import Testing

struct CrumbyBeaconTests {
    private static let page =
        "dl=https%3A%2F%2Fexample.com%2Fa%3Fx%3D1&dt=Home%20%C3%A9&dr=https%3A%2F%2Fwww.google.com%2F"

    private static func beacon(_ query: String) throws -> CrumbyBeacon { try CrumbyBeacon(query.utf8.span) }

    private static func hit(_ query: String) throws -> HitInput {
        guard case .hit(let input) = try beacon(query) else { throw Rejection(.body, .missing) }
        return input
    }

    @Test func aVisitIsAPageView() throws {
        let hit = try Self.hit("v=1&t=visit&cid=1234567890&ul=en-GB&sd=24-bit&sr=1920x1080&de=UTF-8&" + Self.page)
        var expected = HitInput()
        expected.visitor = "1234567890"
        expected.url = PageURL(parsing: "https://example.com/a?x=1")
        expected.title = "Home é"
        expected.referrer = "https://www.google.com/"
        expected.language = "en-GB"
        expected.screen = "1920x1080"
        expected.props = #"{"v":"1","sd":"24-bit","de":"UTF-8"}"#
        #expect(hit == expected)
    }

    @Test(
        arguments: [
            ("en=download&ev=a.pdf", "download", #"{"ev":"a.pdf"}"#), ("en=download", "download", nil),
            // The script writes this for an event without a value.
            ("en=download&ev=undefined", "download", nil), ("en=download&ev=", "download", nil),
            ("ev=1", "event", #"{"ev":"1"}"#), ("en=", "event", nil), ("en=%C3%A9", "é", nil),
            ("en=a&x=1&y=%22&x=2", "a", #"{"x":"1","y":"\""}"#),
        ] as [(String, String, String?)]
    )
    func anEventHasItsNameAndItsValue(query: String, name: String, props: String?) throws {
        let hit = try Self.hit("t=event&cid=1&" + query)
        #expect(hit.name == name)
        #expect(hit.props == props)
        #expect(hit.trimmed.isEmpty)
    }

    /// Each of these was an error of Crumby's.
    @Test(arguments: ["", "dl=https%3A%2F%2Fexample.com%2F", "dt=a&dr=b", "dl=&dt=&dr="])
    func missingFieldsAreNoError(query: String) throws {
        for type in ["visit", "event"] {
            let hit = try Self.hit("t=\(type)&cid=1&\(query)")
            #expect(hit.visitor == "1")
            #expect(hit.trimmed.isEmpty)
        }
    }

    /// Crumby decoded twice: what was written as `%2541` is `%41`.
    @Test func textsAreDecodedOnce() throws {
        let hit = try Self.hit("t=visit&cid=1&dl=https%3A%2F%2Fexample.com%2F%252541%2B&dt=100%2525")
        #expect(hit.url?.rawPath == "/%2541+")
        #expect(hit.title == "100%25")
    }

    @Test(arguments: [
        ("t=visit", CrumbyBeacon.anonymous), ("t=visit&cid=", .anonymous), ("", .anonymous), ("t=other", .anonymous),
        ("cid=1", .ignored), ("t=&cid=1", .ignored), ("t=other&cid=1", .ignored), ("t=Visit&cid=1", .ignored),
        ("t=%zz&cid=1", .ignored),
    ])
    func othersAreNoHits(query: String, beacon: CrumbyBeacon) throws {
        #expect(try Self.beacon(query) == beacon)
    }

    /// Where cookies are blocked, all browsers would be one visitor.
    @Test(arguments: ["null", "n%75ll", "undefined", "0"])
    func noIdIsNoVisitor(id: String) throws {
        #expect(try Self.hit("t=visit&cid=\(id)").visitor == nil)
    }

    @Test func theNameOfAVisitIsAProperty() throws {
        let hit = try Self.hit("t=visit&cid=1&en=a&key=abc")
        #expect(hit.name == "pageview")
        #expect(hit.props == #"{"en":"a"}"#)
        #expect(hit.key == "abc")
    }

    @Test(arguments: [
        ("en=%FF", Rejection(.name, .invalidUTF8)), ("en=%0", Rejection(.name, .invalidPercentEncoding)),
        ("en=" + String(repeating: "a", count: 121), Rejection(.name, .invalidName)),
    ])
    func anInvalidNameIsRefused(query: String, rejection: Rejection) {
        #expect(throws: rejection) { try Self.beacon("t=event&cid=1&\(query)") }
    }

    @Test(arguments: 0..<40)
    func survivesAnyBytes(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let alphabet = Array("t=visit&cid=1&en=dl=%c3%a9+evx".utf8) + [0xFF, 0]
        for _ in 0..<200 {
            let bytes = random.bytes(0...60, of: alphabet)
            guard case .hit(let input)? = try? CrumbyBeacon(bytes.span) else { continue }
            #expect(input.site == nil && input.user == nil && input.moment == .receipt)
            #expect((1...HitInput.charactersOfName).contains(input.name.unicodeScalars.count))
        }
    }
}
