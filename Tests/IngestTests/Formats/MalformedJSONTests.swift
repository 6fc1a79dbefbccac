import Analytics
import Ingest
import Support
import Testing

struct MalformedJSONTests {
    @Test(arguments: [
        // Empty or incomplete.
        "", " ", "\n", "{", "}", #"{"a""#, #"{"a":"#, #"{"a":1"#, #"{"a":1,"#, #"{"a"}"#, #"{"a":}"#, "{a:1}", "{1:1}",
        "{'a':1}", #"{"a":1,}"#, #"{,"a":1}"#, #"{"a":1,,"b":1}"#, #"{"a" 1}"#, #"{"a":1 "b":1}"#, #"{"a"::1}"#,
        #"{"a":1;"b":1}"#, #"{"a"=1}"#, #"{null:1}"#, "{[]:1}",
        // Additional bytes.
        "{}}", "{}{}", "{} x", "{},", "x{}", "{}\0", "\u{FEFF}{}", "//{}", "{}//", "/**/{}", "{} #", "5 5", "[][]",
        "nullnull",
        // Numbers.
        #"{"a":+1}"#, #"{"a":-}"#, #"{"a":--1}"#, #"{"a":.5}"#, #"{"a":-.5}"#, #"{"a":1.}"#, #"{"a":1.e5}"#,
        #"{"a":1e}"#,
        #"{"a":1e+}"#, #"{"a":1e1.5}"#, #"{"a":0x10}"#, #"{"a":1_000}"#, #"{"a":1,000}"#, #"{"a":NaN}"#,
        #"{"a":Infinity}"#,
        #"{"a":-Infinity}"#, #"{"a":1f}"#, #"{"a":1 000}"#, #"{"a":１}"#, #"{"a":- 1}"#, #"{"a":1.2.3}"#,
        #"{"a":1E1E1}"#,
        // Literals.
        #"{"a":True}"#, #"{"a":TRUE}"#, #"{"a":tru}"#, #"{"a":truee}"#, #"{"a":nul}"#, #"{"a":NULL}"#, #"{"a":nil}"#,
        #"{"a":undefined}"#, #"{"a":fals"#, #"{"a":t"#, #"{"a":yes}"#,
        // Strings.
        #"{"a":"}"#, #"{"a":"b}"#, #"{"a":b"}"#, #"{"a":'b'}"#, #"{"a":"\"}"#, #"{"a":"\x41"}"#, #"{"a":"\a"}"#,
        #"{"a":"\'"}"#,
        #"{"a":"\0"}"#, #"{"a":"\U0041"}"#, #"{"a":"\u"}"#, #"{"a":"\u00"}"#, #"{"a":"\u004"}"#, #"{"a":"\u00g1"}"#,
        #"{"a":"\u-041"}"#, #"{"a":"\u 041"}"#, #"{"a":"\u{41}"}"#, #"{"a":"\é"}"#, "{\"a\":\"\\\n\"}", #"{"\u00":1}"#,
        #"{"\x":1}"#,
        "{\"a\":\"\n\"}", "{\"a\":\"\t\"}", "{\"a\":\"\0\"}", "{\"a\":\"\u{1F}\"}", "{\"a\n\":1}", #"{"a":"b""c"}"#,
        #"{"a":“b”}"#,
        // Nested arrays.
        #"{"a":[}"#, #"{"a":]}"#, #"{"a":[1,]}"#, #"{"a":[,1]}"#, #"{"a":[1 2]}"#, #"{"a":[1,,2]}"#, #"{"a":[1}"#,
        #"{"a":[1}]"#,
        #"{"a":["b":1]}"#, #"{"a":(1)}"#, #"{"a":[1;2]}"#,
        // Unicode spaces that JSON does not allow.
        "{\u{A0}}", "{\u{B}}", "{\u{C}}", "{\u{2028}}", "\u{85}{}", "{\"a\":\u{3000}1}",
    ])
    func isRefused(text: String) {
        #expect(throws: Rejection(.body, .malformedJSON)) { try Event(json: Array(text.utf8)) }
    }

    @Test(arguments: ["00", "01", "-01", "00.5", "01e5", "0000000005"])
    func refusesNumbersWithLeadingZeros(number: String) {
        for text in ["{\"a\":\(number)}", "{\"timestamp\":\(number)}", "[\(number)]"] {
            #expect(throws: Rejection(.body, .malformedJSON)) { try Event(json: Array(text.utf8)) }
        }
    }

    @Test(arguments: [
        "0", "-0", "0.0", "0e0", "-0.0E-0", "1", "10", "-10", "1.5", "0.001", "1e5", "1E5", "1e+5", "1e-5", "1.5e05",
        "123456789012345678901234567890", "\"\"", #""\u0000\ud800""#, "true", "false", "null", "[]", "{}", "[0,[1],{}]",
        #"{"":{"":""}}"#, "\"\u{7F}\u{80}\"",
    ])
    func acceptsWellFormedValues(value: String) {
        #expect(throws: Rejection(.timestamp, .missing)) { try Event(json: Array("{\"a\":\(value)}".utf8)) }
        #expect(throws: Rejection(.timestamp, .missing)) { try Event(json: Array(" { \"a\" : \(value) } ".utf8)) }
    }

    @Test(arguments: [
        #"{"timestamp":1224028800,"user":"u\u00e9\ud83d\ude00\n","event":"click"}"#,
        #"{"a":[true,false,null,-1.5e+10,{"b":[[],{}]}],"timestamp":"5","user":"é😀","event":"impression"}"#,
        "{ \"timestamp\" : 5 , \"user\" : \"u\" ,\t\"event\"\n:\r\"click\" }",
    ])
    func everyPrefixOfADocumentIsRefused(text: String) throws {
        let whole = Array(text.utf8)
        #expect(throws: Never.self) { try Event(json: whole) }
        for length in 0..<whole.count {
            #expect(throws: Rejection(.body, .malformedJSON), "\(length)") { try Event(json: Array(whole[..<length])) }
        }
    }

    @Test func aDocumentWithTrailingBytesIsRefused() {
        let whole = Array(#"{"timestamp":5,"user":"u","event":"click"}"#.utf8)
        for byte in UInt8.min...UInt8.max where ![0x20, 0x09, 0x0A, 0x0D].contains(byte) {
            #expect(throws: Rejection(.body, .malformedJSON), "\(byte)") { try Event(json: whole + [byte]) }
            #expect(throws: Rejection(.body, .malformedJSON), "\(byte)") { try Event(json: [byte] + whole) }
        }
    }

    @Test(arguments: 0..<50)
    func survivesAnyBytes(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<200 {
            let bytes = random.bytes(0...40, of: Array("{{}}[]::,,\"\"\"\\\\ud8 01-.+eE\ntruefalsn\0é".utf8))
            // A random text of this alphabet never has the three keys, so all are refused.
            #expect(throws: Rejection.self) { try Event(json: bytes) }
        }
    }

    @Test(arguments: 0..<50)
    func survivesADocumentWithWrongBytes(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let whole = Array(#"{"timestamp":1224028800,"a":[1.5e3,true],"user":"\ud83d\ude00\n","event":"click"}"#.utf8)
        for _ in 0..<200 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            // A changed byte may leave the document valid.
            guard let event = try? Event(json: bytes) else { continue }
            #expect(event.kind == .click)
            #expect((1...256).contains(event.user.text.utf8.count))
        }
    }
}
