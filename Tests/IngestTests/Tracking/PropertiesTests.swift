import Ingest
import Support
import Testing

struct PropertiesTests {
    @Test(arguments: [
        (#"{"a":"b"}"#, #"{"a":"b"}"#), (#" { "b" : 1 , "a" : -0.5e+3 } "#, #"{"b":1,"a":-0.5e+3}"#),
        (#"{"a":true,"b":false,"c":null}"#, #"{"a":true,"b":false,"c":null}"#),
        (#"{"a":"","b":"\n\"\\\/é\u00e9\ud83d\ude00\u0001\u001f"}"#, #"{"a":"","b":"\u000a\"\\/éé😀\u0001\u001f"}"#),
        (#"{"a":{ "b" : [ 1 , "c d\"" ] },"d":[]}"#, #"{"a":"{\"b\":[1,\"c d\\\"\"]}","d":"[]"}"#),
        (#"{"a":1,"\u0061":2,"a":3}"#, #"{"a":1}"#), (#"{"\#u{E9}":1,"e\#u{301}":2}"#, #"{"\#u{E9}":1,"e\#u{301}":2}"#),
        (#"{"a":{"b":"\u0000\ud800"}}"#, #"{"a":"{\"b\":\"\\u0000\\ud800\"}"}"#), (#"{"a":1e400}"#, #"{"a":1e400}"#),
        (#""{\"a\":1}""#, #"{"a":1}"#),
    ])
    func writesACompactObject(written: String, object: String) throws {
        let hit = try HitInput(#"{"props":\#(written)}"#)
        #expect(hit.props == object)
        #expect(hit.trimmed.isEmpty)
    }

    @Test(arguments: ["{}", "null", #""""#, #""{}""#])
    func hasNoEmptyObject(written: String) throws {
        #expect(try HitInput(#"{"props":\#(written)}"#) == HitInput())
    }

    @Test(arguments: [
        #""a":"\u0000""#, #""\u0000":1"#, #""":1"#, #""a":"\ud800""#, #""\udc00x":1"#, #""a":1e401"#, #""a":1E-0401"#,
        #""a":1e99999999999999999999"#, #""a":\#(String(repeating: "9", count: 401))"#,
    ])
    func leavesOutWhatCannotBeStored(member: String) throws {
        let hit = try HitInput(#"{"props":{"x":1,\#(member),"y":2}}"#)
        #expect(hit.props == #"{"x":1,"y":2}"#)
        #expect(hit.trimmed == [.props])
    }

    @Test(arguments: [#""x":1,"a"}"#, #""x":1"#, #""x":1}]"#])
    func takesNothingOfAMalformedText(written: String) throws {
        let hit = try HitInput(#"{"props":\#(("{" + written).jsonString)}"#)
        #expect(hit.props == nil)
        #expect(hit.trimmed == [.props])
    }

    @Test(arguments: [29, 30, 31, 100])
    func takesThirty(count: Int) throws {
        let members = (0..<count).map { #""p\#($0)":\#($0)"# }
        let hit = try HitInput(#"{"props":{\#(members.joined(separator: ","))}}"#)
        #expect(hit.props == "{\(members.prefix(30).joined(separator: ","))}")
        #expect(hit.trimmed == (count > 30 ? [.props] : []))
    }

    /// Characters are Unicode scalars; none is cut from the letter that it belongs to.
    @Test func cutsNamesAndValues() throws {
        let name = String(repeating: "é", count: 299)
        let value = String(repeating: "\"", count: 1_999)
        for end in ["a", "ab", "e\u{301}", "👨‍👩‍👧"] {
            let props = #"{\#((name + end).jsonString):\#((value + end).jsonString)}"#
            let hit = try HitInput(#"{"props":\#(props)}"#)
            let kept = end == "a" || end == "ab" ? "a" : ""
            #expect(hit.props == #"{\#((name + kept).jsonString):\#((value + kept).jsonString)}"#)
            #expect(hit.trimmed == (end == "a" ? [] : [.props]))
        }
    }

    @Test func cutsNestedValues() throws {
        let nested = "[" + String(repeating: "1,", count: 1_500) + "1]"
        let hit = try HitInput(#"{"props":{"a":\#(nested)}}"#)
        #expect(hit.props == #"{"a":"\#(nested.prefix(2_000))"}"#)
        #expect(hit.trimmed == [.props])
    }

    @Test func readsBackWhatItWrites() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<300 {
            guard let props = try? HitInput(RandomHit(using: &random).json).props else { continue }
            let again = try HitInput(#"{"props":\#(props)}"#)
            #expect(again.props == props)
            #expect(again.trimmed.isEmpty)
        }
    }
}
