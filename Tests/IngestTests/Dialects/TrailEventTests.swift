import Analytics
import Ingest
import Support
import Testing

struct TrailEventTests {
    private static let session = "0c5b1f0e-6f9f-4a6e-9b1d-1f1f0c1c7f11"

    private static func event(_ members: String = "") throws -> TrailEvent {
        let more = members.isEmpty ? "" : ",\(members)"
        return try read(#"{"page_url":"https://example.com/buy","event_type":"signup","api_key":"k"\#(more)}"#)
    }

    private static func read(_ json: String) throws -> TrailEvent { try TrailEvent(json: json.utf8Span.span) }

    @Test func theFieldsAreThoseOfAHit() throws {
        let event = try Self.event(#""session_id":"\#(Self.session)","custom_params":{"plan":"pro"}"#)
        var expected = HitInput()
        expected.url = PageURL(parsing: "https://example.com/buy")
        expected.name = "signup"
        expected.key = "k"
        expected.props = #"{"plan":"pro"}"#
        #expect(event.input == expected)
        #expect(event.session == Self.session)
    }

    /// Numbers, lists, null and nesting were errors of Trail's.
    @Test(
        arguments: [
            (#"{"n":3,"f":-1.5e3}"#, #"{"n":3,"f":-1.5e3}"#), ("{}", nil), ("null", nil),
            (#"{"a":null,"b":true}"#, #"{"a":null,"b":true}"#),
            (#"{"nested":{"a":[1, null]}}"#, #"{"nested":"{\"a\":[1,null]}"}"#),
            ("5", #"{"custom_params":5}"#), (#""{\"a\":1}""#, #"{"custom_params":"{\"a\":1}"}"#),
            ("[1, 2]", #"{"custom_params":"[1,2]"}"#), ("false", #"{"custom_params":false}"#),
        ] as [(String, String?)]
    )
    func propertiesAreOfAnyType(params: String, props: String?) throws {
        let event = try Self.event(#""custom_params":\#(params)"#)
        #expect(event.input.props == props)
        #expect(event.input.trimmed.isEmpty)
    }

    @Test(arguments: [
        #"{"event_type":"a","api_key":"k"}"#, #"{"page_url":null,"event_type":"a","api_key":"k"}"#,
    ])
    func namesAMissingField(json: String) {
        #expect(throws: TrailEvent.Failure.missing(["page_url"])) { try Self.read(json) }
    }

    @Test(
        arguments: [
            ("", .notObject), ("{", .notObject), ("null", .notObject), ("[]", .notObject), ("7", .notObject),
            (#"{"page_url":"a"} x"#, .notObject), ("{}", .missing(TrailEvent.required)),
            (#"{"page_url":[],"event_type":"a","api_key":"k"}"#, .notText),
            (#"{"page_url":"a","event_type":{},"api_key":"k"}"#, .notText),
            (#"{"page_url":"a","event_type":"a","api_key":true}"#, .notText),
            (#"{"page_url":"a","event_type":"","api_key":"k"}"#, .rejected(Rejection(.name, .invalidName))),
            (#"{"page_url":"a","event_type":"a\u0000","api_key":"k"}"#, .rejected(Rejection(.name, .containsNUL))),
        ] as [(String, TrailEvent.Failure)]
    )
    func refuses(json: String, failure: TrailEvent.Failure) {
        #expect(throws: failure) { try Self.read(json) }
    }

    @Test(arguments: [#""""#, "null"])
    func anEmptySessionIsNone(session: String) throws {
        #expect(try Self.event(#""session_id":\#(session)"#).session == nil)
    }

    @Test(arguments: [
        #""x""#, "5", "[]", "{}", "true", #""0c5b1f0e6f9f4a6e9b1d1f1f0c1c7f11""#, #""\#(Self.session)0""#,
    ])
    func otherTextsAreNoSessions(session: String) {
        #expect(throws: TrailEvent.Failure.unknownSession) { try Self.event(#""session_id":\#(session)"#) }
    }

    /// Trail had no room for more than 30 characters of an address, and none for more than 50 of a type.
    @Test func longTextsAreKept() throws {
        let url = "https://example.com/" + String(repeating: "a", count: 200)
        let name = String(repeating: "n", count: 120)
        let event = try Self.read(#"{"page_url":"\#(url)","event_type":"\#(name)","api_key":"k"}"#)
        #expect(event.input.url?.rawPath.utf8.count == 201)
        #expect(event.input.name == name)
    }

    @Test(arguments: 0..<40)
    func survivesAnyBytes(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let alphabet = Array(#"{}[]",:\u0d8e5-.tfn"#.utf8) + [0xC3, 0xA9, 0xFF, 0]
        let start = Array(#"{"page_url":"a","event_type":"a","api_key":"k","custom_params":"#.utf8)
        for _ in 0..<200 {
            let bytes = (random.chance(2) ? start : []) + random.bytes(0...40, of: alphabet)
            guard let event = try? TrailEvent(json: bytes.span) else { continue }
            #expect(event.input.name == "a")
            #expect(event.session == nil)
        }
    }
}
