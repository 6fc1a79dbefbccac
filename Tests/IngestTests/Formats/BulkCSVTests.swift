import Analytics
import Ingest
import Support
import Testing

struct BulkCSVTests {
    @Test(arguments: [
        "timestamp,user,event\n5,a,click\n6,b,impression\n",
        "timestamp,user,event\n5,a,click\n6,b,impression",
        "timestamp,user,event\r\n5,a,click\r\n6,b,impression\r\n",
        "timestamp,user,event\r\n5,a,click\r\n6,b,impression",
        "timestamp,user,event\r\n5,a,click\n6,b,impression\r",
        "\u{FEFF}timestamp,user,event\n5,a,click\n6,b,impression\n",
        "\u{FEFF}\"timestamp\",\"user\",\"event\"\r\n\"5\",\"a\",\"click\"\r\n\"6\",\"b\",\"impression\"",
        "event,timestamp,user\nclick,5,a\nimpression,6,b\n",
        "user,x,event,,timestamp,y\na,1,click,2,5,3\nb,,impression,,6,\n",
        "timestamp,user,event,note\n5,a,click,\"one, two\nthree\"\n6,b,impression,\"\"\"\"\n",
        "timestamp,user,event\n\n5,a,click\n\r\n\n6,b,impression\n\n\n",
        "timestamp,user,event\n05,a,click\n0000000000006,b,impression\n",
    ])
    func readsTheSameInAnyNotation(text: String) throws {
        let bulk = try Bulk(reading: text, .csv)
        #expect(bulk.events == [.sample(at: 5_000), .sample(at: 6_000, user: "b", kind: .impression)])
        #expect(bulk.errors == [])
    }

    @Test(arguments: [
        ("a b", "a b"), (" a ", " a "), ("\"a\"", "a"), ("\"a,b\"", "a,b"), ("\"a\nb\"", "a\nb"),
        ("\"a\r\nb\"", "a\r\nb"),
        ("\"a\"\"b\"", "a\"b"), ("\"\"\"\"", "\""), ("\"\"\"\"\"\"", "\"\""), ("\"\"\"a\"\"\"", "\"a\""),
        ("\",\"", ","),
        ("\" a \"", " a "), ("\"a\rb\"", "a\rb"), ("\"a\r\"", "a\r"), ("'a'", "'a'"), ("a\\nb", "a\\nb"),
        ("a;b", "a;b"),
        ("é", "é"), ("e\u{301}", "e\u{301}"), ("\"😀\"", "😀"), ("\u{FEFF}", "\u{FEFF}"), ("\t", "\t"), ("+%2B", "+%2B"),
    ])
    func readsAUserInAnyColumn(written: String, user: String) throws {
        for text in [
            "user,timestamp,event\n\(written),5,click\n", "timestamp,user,event\n5,\(written),click\n",
            "timestamp,event,user\r\n5,click,\(written)\r\n", "timestamp,event,user\n5,click,\(written)",
        ] {
            let bulk = try Bulk(reading: text, .csv)
            #expect(bulk.errors == [])
            #expect(bulk.events.map { Array($0.user.text.utf8) } == [Array(user.utf8)])
        }
    }

    @Test(arguments: [
        "", "\n", "\u{FEFF}", "5,a,click\n", "timestamp,user\n", "timestamp,user,kind\n", "Timestamp,User,Event\n",
        "timestamp;user;event\n", "timestamp\tuser\tevent\n", " timestamp,user,event\n", "timestamp, user, event\n",
        "timestamp,user,event \n", "timestamp,user,\"event\"x\n", "timestamp,user,e\"vent\"\n",
        "\ntimestamp,user,event\n5,a,click\n",
        "timestampuserevent", "\u{FEFF}\u{FEFF}timestamp,user,event\n", "{\"timestamp\":5}", "\0",
    ])
    func refusesAnotherHeader(text: String) {
        #expect(throws: Bulk.Failure.malformed(Rejection(.body, .wrongHeader), line: 1)) {
            try Bulk(reading: text, .csv)
        }
    }

    @Test(arguments: ["timestamp,user,event", "timestamp,user,event\n", "timestamp,user,event\r\n\r\n\n"])
    func takesABodyWithoutEvents(text: String) throws {
        let bulk = try Bulk(reading: text, .csv)
        #expect(bulk.events.isEmpty)
        #expect(bulk.rejected == 0)
    }

    @Test func takesTheFirstOfARepeatedColumn() throws {
        let bulk = try Bulk(reading: "timestamp,user,event,user,timestamp,event\n5,a,click,b,6,impression\n", .csv)
        #expect(bulk.events == [.sample(at: 5_000)])
    }

    @Test(arguments: [
        ("5,a", "2 body: wrong number of columns"),
        ("5,a,click,", "2 body: wrong number of columns"),
        ("5,a,b,click", "2 body: wrong number of columns"),
        ("5;a;click", "2 body: wrong number of columns"),
        (" ", "2 body: wrong number of columns"),
        ("\"5,a,click\"", "2 body: wrong number of columns"),
        ("5,a\"b\"c,click", "2 body: malformed CSV"),
        ("5,a\"\",click", "2 body: malformed CSV"),
        ("5,a\",\n\",click", "2 body: malformed CSV"),
        ("5, \"a\",click", "2 body: malformed CSV"),
        ("5,\"a\" ,click", "2 body: malformed CSV"),
        ("5,\"a\"b,click", "2 body: malformed CSV"),
        (",,", "2 timestamp: empty"),
        ("\"\",\"\",\"\"", "2 timestamp: empty"),
        (" 5,a,click", "2 timestamp: not a whole number in digits 0-9"),
        ("5,,click", "2 user: empty"),
        ("5,\"\",click", "2 user: empty"),
        ("5,a\0b,click", "2 user: contains a NUL character"),
        ("5,a,", "2 event: empty"),
        ("5,a,click ", "2 event: neither click nor impression"),
        ("5,a,\"cl\"\"ick\"", "2 event: neither click nor impression"),
    ])
    func rejectsALine(line: String, error: String) throws {
        let bulk = try Bulk(reading: "timestamp,user,event\n\(line)", .csv)
        #expect(bulk.events.isEmpty)
        #expect(bulk.errors.map(\.description) == [error])
    }

    @Test(arguments: ["\"\"x", "\"\" ", "\"\"5;a;click"])
    func rejectsALineThatBeginsWithAnEmptyQuotedField(line: String) throws {
        let bulk = try Bulk(reading: "timestamp,user,event\n\(line)", .csv)
        #expect(bulk.errors.map(\.description) == ["2 body: malformed CSV"])
    }

    @Test(arguments: [
        ("5,a,\"click", 2), ("5,a,\"", 2), ("\"", 2), ("5,a,\"click\"\"", 2), ("\"5,a,click\n5,a,click\n", 2),
        ("5,a,click\n5,\"a,click\n5,a,click\n", 3), ("5,\"a\nb\",\"click\n", 3), ("5,a,click\n\n\"\n\n", 4),
        // Inside a field, and after its closing quote.
        ("5,a\"b,click\n5,a,click", 2), ("5,a\",click", 2), ("5,a,click\n5,\"a\"b\",click\n", 3),
        // The quotes that follow open and close the wrong fields.
        ("5,\"a,click\n6,\"b\",click\n7,c,click\n", 2), ("5,a\"b,click\n6,\"c\",click\n7,\"d,e\",click\n", 2),
        ("5,a,click\n6,b\",click\n7,\"c\nc\",click\n8,d,click", 5),
    ])
    func takesNothingWhenAQuoteIsNeverClosed(lines: String, line: Int) {
        for lineEnd in ["\n", "\r\n"] {
            let text = "timestamp,user,event\n\(lines)".replacing("\n", with: lineEnd)
            #expect(throws: Bulk.Failure.malformed(Rejection(.body, .openQuote), line: line)) {
                try Bulk(reading: text, .csv)
            }
        }
    }

    @Test(arguments: ["timestamp,user,\"event\n5,a,click\n", "timestamp,us\"er,event\n", "\"", "\u{FEFF}\"timestamp"])
    func takesNothingWhenAQuoteOfTheHeaderIsNeverClosed(text: String) {
        #expect(throws: Bulk.Failure.malformed(Rejection(.body, .openQuote), line: 1)) {
            try Bulk(reading: text, .csv)
        }
    }

    /// Lines that end with CR alone would be read, and counted, as a single line.
    @Test(arguments: [
        ("timestamp,user,event\r5,a,click\r", 1), ("timestamp,user,event\n5,a,click\r6,b,click\r", 2),
        ("timestamp,user,event\n5,a,click\n6,a\rb,click\n", 3), ("timestamp,user,event\n5,\"a\nb\"\r,click", 3),
        ("timestamp,user,event\r\r\n5,a,click\r\r\n", 1), ("timestamp,user,event\n\r\r", 2),
    ])
    func takesNothingWhenACarriageReturnEndsNoLine(text: String, line: Int) {
        #expect(throws: Bulk.Failure.malformed(Rejection(.body, .bareReturn), line: line)) {
            try Bulk(reading: text, .csv)
        }
    }

    @Test func rejectsInvalidUTF8() throws {
        let bulk = try Bulk(
            reading: Array("timestamp,user,event\n5,".utf8) + [0xC3, 0x2C] + Array("click\n".utf8),
            .csv
        )
        #expect(bulk.errors.map(\.description) == ["2 user: not valid UTF-8"])
    }

    @Test func continuesAfterAnInvalidLine() throws {
        let text = "timestamp,user,event\n5,a\"b\",click\n5,a,click\n5,\"a\"x,click\n5,a,click\n5\n5,a,click\n"
        let bulk = try Bulk(reading: text, .csv)
        #expect(bulk.events == [Event](repeating: .sample(at: 5_000), count: 3))
        #expect(bulk.errors.map(\.line) == [2, 4, 6])
    }

    @Test func countsEveryLine() throws {
        let text = """
            timestamp,user,event,"a
            b"
            5,"a
            b

            c",click,
            x,a,click,

            x,"a\r
            b",click,"\n\n"
            x,a,click,
            x,a
            """
        let bulk = try Bulk(reading: text, .csv)
        #expect(bulk.events == [.sample(at: 5_000, user: "a\nb\n\nc")])
        #expect(bulk.errors.map(\.line) == [7, 9, 13, 14])
    }
}
