import Analytics
import Ingest
import Testing

struct JSONScannerTests {
    @Test(arguments: [
        #"{"timestamp":5,"user":"u","event":"click"}"#,
        #"{"timestamp":"5","user":"u","event":"click"}"#,
        #"{"event":"click","user":"u","timestamp":5}"#,
        " \t\r\n{ \"timestamp\"\t:\n5\r, \"user\" : \"u\" ,\"event\": \"click\" } \n",
        #"{"timestamp":"\u0035","user":"\u0075","event":"cl\u0069ck"}"#,
        #"{"timestamp":5,"user":"u","event":"click","timestamp":6,"user":"v","event":"impression"}"#,
        #"{"timestamp":null,"user":null,"event":null,"timestamp":5,"user":"u","event":"click"}"#,
        #"{"a":1,"b":-0.5e+10,"c":true,"d":false,"e":null,"f":"\"","timestamp":5,"user":"u","event":"click"}"#,
        #"{"a":{"timestamp":6,"user":"v"},"b":[{"event":"x"}],"timestamp":5,"user":"u","event":"click"}"#,
        #"{"a":[],"b":{},"c":[1,[2],{"d":[]}],"timestamp":5,"user":"u","event":"click","e":[[[]]]}"#,
        #"{"":0,"Timestamp":6,"USER":"v","users":"v","timestamp":5,"user":"u","event":"click"}"#,
        #"{"user":"u","a":"é😀\ud800","event":"click","é":"\\","timestamp":5}"#,
    ])
    func findsTheThreeFields(text: String) throws {
        let event = try event(text)
        #expect(event.time == Timestamp(seconds: 5))
        #expect(event.user.text == "u")
        #expect(event.kind == .click)
    }

    @Test(arguments: [
        (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{C}\n\r\t"), (#"\u00e9"#, "é"), (#"\ud83d\ude00"#, "😀"), ("é😀", "é😀"),
        (#"e\u0301"#, "e\u{301}"), (" ", " "), ("5", "5"), ("null", "null"), ("\u{7F}", "\u{7F}"), ("{}[]:,", "{}[]:,"),
        (#"\\"#, "\\"), (#"\\\""#, "\\\""), ("'", "'"), ("%2B+", "%2B+"), ("\u{2028}", "\u{2028}"),
    ])
    func readsAUser(written: String, user: String) throws {
        let event = try event(#"{"timestamp":5,"user":"\#(written)","event":"click"}"#)
        #expect(Array(event.user.text.utf8) == Array(user.utf8))
    }

    @Test(arguments: [
        (#"{}"#, Rejection(.timestamp, .missing)),
        (#"{"timestamp":null}"#, Rejection(.timestamp, .missing)),
        (#"{"timestamp":""}"#, Rejection(.timestamp, .empty)),
        (#"{"timestamp":"","timestamp":5}"#, Rejection(.timestamp, .empty)),
        (#"{"timestamp":-5}"#, Rejection(.timestamp, .notDigits)),
        (#"{"timestamp":5.0}"#, Rejection(.timestamp, .notDigits)),
        (#"{"timestamp":5e0}"#, Rejection(.timestamp, .notDigits)),
        (#"{"timestamp":"5 "}"#, Rejection(.timestamp, .notDigits)),
        (#"{"timestamp":99999999999999999999999}"#, Rejection(.timestamp, .outOfRange)),
        (#"{"timestamp":true}"#, Rejection(.timestamp, .notText)),
        (#"{"timestamp":[5]}"#, Rejection(.timestamp, .notText)),
        (#"{"timestamp":{"timestamp":5}}"#, Rejection(.timestamp, .notText)),
        (#"{"timestamp":5}"#, Rejection(.user, .missing)),
        (#"{"timestamp":5,"user":null}"#, Rejection(.user, .missing)),
        (#"{"timestamp":5,"user":5}"#, Rejection(.user, .notText)),
        (#"{"timestamp":5,"user":-0.5e1}"#, Rejection(.user, .notText)),
        (#"{"timestamp":5,"user":false}"#, Rejection(.user, .notText)),
        (#"{"timestamp":5,"user":["u"]}"#, Rejection(.user, .notText)),
        (#"{"timestamp":5,"user":{},"user":"u","event":"click"}"#, Rejection(.user, .notText)),
        (#"{"timestamp":5,"user":""}"#, Rejection(.user, .empty)),
        (#"{"timestamp":5,"user":"\u0000"}"#, Rejection(.user, .containsNUL)),
        (#"{"timestamp":5,"user":"a\u0000b"}"#, Rejection(.user, .containsNUL)),
        (#"{"timestamp":5,"user":"\ud83d"}"#, Rejection(.user, .invalidUTF8)),
        (#"{"timestamp":5,"user":"\ude00\ud83d"}"#, Rejection(.user, .invalidUTF8)),
        (#"{"timestamp":5,"user":"u","event":1}"#, Rejection(.event, .notText)),
        (#"{"timestamp":5,"user":"u","event":"Click"}"#, Rejection(.event, .unknownEvent)),
        (#"{"timestamp":5,"user":"u","event":"click\n"}"#, Rejection(.event, .unknownEvent)),
    ])
    func givesTheReason(text: String, rejection: Rejection) {
        #expect(throws: rejection) { try event(text) }
    }

    @Test(arguments: ["[]", "[{}]", "5", "-0.1", "true", "false", "null", "\"{}\"", " [ { \"user\" : 1 } ] "])
    func takesOnlyAnObject(text: String) {
        #expect(throws: Rejection(.body, .notObject)) { try event(text) }
    }

    @Test func refusesInvalidUTF8InAUser() {
        let bytes = Array(#"{"timestamp":5,"event":"click","user":""#.utf8) + [0xED, 0xA0, 0x80] + Array(#""}"#.utf8)
        #expect(throws: Rejection(.user, .invalidUTF8)) { try Event(json: bytes) }
    }

    @Test(arguments: [("[", "]"), (#"{"a":"#, "}"), (#"[{"user":"#, "}]")])
    func allows32Levels(open: String, close: String) throws {
        let levels = open.utf8.first == UInt8(ascii: "[") && close.utf8.count == 2 ? 2 : 1
        #expect(try event(nested(32 / levels, open, "0", close)).user.text == "u")
        #expect(throws: Rejection(.body, .malformedJSON)) { try event(nested(32 / levels + 1, open, "0", close)) }
    }

    @Test(arguments: ["[", #"{"a":"#, #"[{"a":"#])
    func survivesAnyDepth(open: String) {
        let opened = String(repeating: open, count: 100_000)
        for text in [opened, #"{"a":"# + opened, opened + "0" + String(repeating: "]", count: 100_000)] {
            #expect(throws: Rejection(.body, .malformedJSON)) { try event(text) }
        }
    }

    private func nested(_ depth: Int, _ open: String, _ middle: String, _ close: String) -> String {
        let value = String(repeating: open, count: depth) + middle + String(repeating: close, count: depth)
        return #"{"deep":\#(value),"timestamp":5,"user":"u","event":"click"}"#
    }

    private func event(_ text: String) throws(Rejection) -> Event {
        try Event(json: Array(text.utf8))
    }
}

extension Event {
    /// Reads an event with any time from a JSON object.
    init(json bytes: [UInt8]) throws(Rejection) {
        let times = Timestamp(seconds: 0)...Timestamp(seconds: 2_000_000_000)
        self = try Event(EventFields(json: bytes.span), in: bytes.span, accepting: times)
    }
}
