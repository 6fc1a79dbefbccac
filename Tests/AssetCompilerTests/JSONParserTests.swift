import Testing

@testable import AssetCompiler

struct JSONParserTests {
    @Test func orderAndSpellingStay() throws {
        let text = """
            {
              "z": [
                1.50e+3,
                -0,
                true,
                null,
                "\\u00e9 \\" \\\\ é"
              ],
              "a": {
                "empty": {},
                "none": []
              }
            }
            """
        #expect(try JSONParser.parse(text, file: "a.json").text() == text)
    }

    @Test(arguments: [
        ("", 1, "a value is expected"),
        ("{\n\"a\": 1,\n\"a\": 2}", 3, "the object has the key a twice"),
        ("{\n\"a\" 1}", 2, "\":\" is expected"),
        ("{\"a\": 1,\n}", 2, "a key is expected"),
        ("[1,\n\n]", 3, "a value is expected"),
        ("[1\n2]", 2, "\"]\" is expected"),
        ("[01]", 1, "01 is no value"),
        ("[True]", 1, "True is no value"),
        ("\n[\"a]", 2, "a string is never closed"),
        ("[\"a\n\"]", 1, "a control character in a string has to be escaped"),
        ("[\"\\x\"]", 1, "a string has an unknown escape"),
        ("[\"\\u12g4\"]", 1, "a string has an unknown escape"),
        ("{\"\\u0061\": 1}", 1, "the key \\u0061 has an escape"),
        ("{}\n{}", 2, "there is more after the end of the document"),
    ])
    func whatIsNotJSONIsRefusedWithItsLine(text: String, line: Int, reason: String) {
        #expect(throws: Failure(file: "a.json", line: line, reason: reason)) {
            try JSONParser.parse(text, file: "a.json")
        }
    }
}
