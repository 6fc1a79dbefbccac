import Analytics
import Ingest
import Support
import Testing

struct BulkJSONTests {
    private static let click = #"{"timestamp":5,"user":"a","event":"click"}"#
    private static let impression = #"{"timestamp":"6","user":"b","event":"impression"}"#

    @Test(arguments: [
        "\(click)\n\(impression)\n", "\(click)\n\(impression)", "\(click)\r\n\(impression)\r\n",
        " \(click) \n\t\(impression)\t",
        "\n\n\(click)\n \n\r\n\(impression)\n\n", "\u{FEFF}\(click)\n\(impression)\n",
        "\u{FEFF}\r\n\(click)\n\(impression)", "\u{FEFF}\(click)\n\u{FEFF}\(impression)\n\u{FEFF}",
    ])
    func readsALineEach(text: String) throws {
        let bulk = try Bulk(reading: text, .ndjson)
        #expect(bulk.events == [.sample(at: 5_000), .sample(at: 6_000, user: "b", kind: .impression)])
        #expect(bulk.errors == [])
    }

    @Test(arguments: [
        "[\(click),\(impression)]", " [ \(click) , \(impression) ] ", "\n[\r\n\t\(click)\n,\n\(impression)\n]\n",
        "\u{FEFF}[\(click),\(impression)]", "\u{FEFF}\n[\(click),\(impression)]",
    ])
    func readsAnArray(text: String) throws {
        let bulk = try Bulk(reading: text, .jsonArray)
        #expect(bulk.events == [.sample(at: 5_000), .sample(at: 6_000, user: "b", kind: .impression)])
        #expect(bulk.errors == [])
    }

    @Test(arguments: [
        ("\(click)\(click)", ["1 body: malformed JSON"]),
        ("\(click),\n\(click)", ["1 body: malformed JSON"]),
        ("[\(click)]", ["1 body: not a JSON object"]),
        ("[\n\(click)\n]", ["1 body: malformed JSON", "3 body: malformed JSON"]),
        ("5\n\"a\"\nnull\ntrue\n[]", (1...5).map { "\($0) body: not a JSON object" }),
        ("\u{FEFF}\u{FEFF}{}\n \u{FEFF}{}\n{}\u{FEFF}", (1...3).map { "\($0) body: malformed JSON" }),
        ("\n\nx\n\r\ny", ["3 body: malformed JSON", "5 body: malformed JSON"]),
        ("{}\n{\n}", ["1 timestamp: missing", "2 body: malformed JSON", "3 body: malformed JSON"]),
        ("{\"user\":\"a\n\"}", ["1 body: malformed JSON", "2 body: malformed JSON"]),
        (
            "\(click)\n{\"timestamp\":5,\"user\":\"a\"}\n\(click)\n{\"timestamp\":5}",
            ["2 event: missing", "4 user: missing"]
        ),
    ])
    func rejectsALineByItself(text: String, errors: [String]) throws {
        #expect(try Bulk(reading: text, .ndjson).errors.map(\.description) == errors)
    }

    @Test func acceptsTheLinesAroundAnInvalidOne() throws {
        let bulk = try Bulk(reading: "\(Self.click)\n{\"timestamp\":\n\(Self.impression)\n]\n", .ndjson)
        #expect(bulk.events.count == 2)
        #expect(bulk.errors.map(\.line) == [2, 4])
    }

    @Test(arguments: [
        ("[{}]", ["1 timestamp: missing"]),
        ("[5,\"a\",null,true,[],{}]", (1...5).map { "\($0) body: not a JSON object" } + ["6 timestamp: missing"]),
        ("[\(click),[\(click)],\(click)]", ["2 body: not a JSON object"]),
        ("[{\"timestamp\":5,\"user\":5,\"event\":\"click\"}]", ["1 user: not a text"]),
    ])
    func rejectsAnElementByItself(text: String, errors: [String]) throws {
        #expect(try Bulk(reading: text, .jsonArray).errors.map(\.description) == errors)
    }

    @Test(arguments: [
        ("", 1), (" ", 1), ("{}", 1), ("5", 1), ("null", 1), ("\"[]\"", 1), ("[", 1), ("]", 1), ("[]]", 1),
        ("[] []", 1),
        ("[],", 1), ("[,]", 1), ("[\(click)", 2), ("[\(click),", 2), ("[\(click),]", 2), ("[\(click) \(click)]", 2),
        ("[,\(click)]", 1), ("[\(click),,\(click)]", 2), ("[\(click)]x", 2), ("[\(click)}", 2), ("(\(click))", 1),
        ("[x]", 1), ("[\(click),5,{\"user\":}]", 3), ("\(click)", 1), ("\(click)\n\(click)", 1),
        ("[\(click)]\n[\(click)]", 2), ("\0[]", 1), ("\u{FEFF}\u{FEFF}[]", 1), (" \u{FEFF}[]", 1),
        ("[\u{FEFF}\(click)]", 1), ("[\(click)]\u{FEFF}", 2), ("\u{FEFF}", 1),
    ])
    func takesNothingOfAMalformedArray(text: String, element: Int) {
        #expect(throws: Bulk.Failure.malformed(Rejection(.body, .malformedJSON), line: element)) {
            try Bulk(reading: text, .jsonArray)
        }
    }

    /// Lines that end with CR alone would be read, and counted, as a single line.
    @Test(arguments: [("\(click)\r\(click)\r", 1), ("\(click)\n\(click)\r\(click)\r\n", 2), ("x\ry", 1)])
    func takesNothingWhenACarriageReturnEndsNoLine(text: String, line: Int) {
        #expect(throws: Bulk.Failure.malformed(Rejection(.body, .bareReturn), line: line)) {
            try Bulk(reading: text, .ndjson)
        }
    }

    @Test(arguments: [(Bulk.Format.ndjson, ""), (.ndjson, "\n \r\n\t"), (.jsonArray, "[]"), (.jsonArray, " [ \n ] ")])
    func takesABodyWithoutEvents(format: Bulk.Format, text: String) throws {
        let bulk = try Bulk(reading: text, format)
        #expect(bulk.events.isEmpty)
        #expect(bulk.rejected == 0)
    }

    @Test func isNoArrayBeforeItsEnd() {
        let text = "[\(Self.click), 5, \(Self.impression)]"
        let whole = Array(text.utf8)
        for length in 0..<whole.count {
            let ends = [1 + Self.click.utf8.count, 4 + Self.click.utf8.count, whole.count - 1]
            let element = 1 + ends.count { $0 <= length }
            #expect(throws: Bulk.Failure.malformed(Rejection(.body, .malformedJSON), line: element), "\(length)") {
                try Bulk(reading: Array(whole[..<length]), .jsonArray)
            }
        }
    }

    @Test(arguments: 0..<50)
    func survivesAnyBytes(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<100 {
            let bytes = random.bytes(0...40, of: Array("[[]]{{}}::,,\"\"\\u0 1-.e\n\n tfn\0é".utf8))
            let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
            #expect(try Bulk(reading: bytes, .ndjson).rejected <= lines)
            do {
                let bulk = try Bulk(reading: bytes, .jsonArray)
                #expect(bulk.events.isEmpty)
            } catch {
                guard case .malformed(Rejection(.body, .malformedJSON), _) = error else { throw error }
            }
        }
    }
}
