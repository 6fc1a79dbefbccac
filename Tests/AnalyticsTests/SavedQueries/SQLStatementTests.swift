import Analytics
import Support
import Testing

/// Questions in SQL, as far as they are taken apart.
struct SQLStatementTests {
    private static let types: [String: QueryParameter.Kind] = ["a": .integer, "from": .timestamptz]

    /// The inner text of what is sent, with numbers for the parameters.
    private func inner(_ text: String) throws -> String {
        let sql = try SQLStatement(text).prepared(Self.types).sql
        let start = try #require(sql.firstRange(of: "(\n")).upperBound
        let end = try #require(sql.ranges(of: "\n) AS question").last).lowerBound
        return String(sql[start..<end])
    }

    @Test(arguments: [
        ("SELECT :a", "SELECT ($1::integer)"),
        ("SELECT :a + :a, :from;", "SELECT ($1::integer) + ($1::integer), ($2::timestamptz)"),
        ("SELECT ':a', \":a\", a::text, 'it''s :a'", "SELECT ':a', \":a\", a::text, 'it''s :a'"),
        ("SELECT E'\\':a' -- :a", "SELECT E'\\':a' -- :a"),
        (
            "SELECT $$ :a ' $$, $x$ $$ :a $x$ /* :a /* ' */ :a */",
            "SELECT $$ :a ' $$, $x$ $$ :a $x$ /* :a /* ' */ :a */"
        ),
        ("SELECT x[1:2], 1 ; -- end", "SELECT x[1:2], 1 "),
        ("SELECT '\\' || :a", "SELECT '\\' || ($1::integer)"),
        ("SELECT \"a\"\"(\", ';', '('", "SELECT \"a\"\"(\", ';', '('"),
    ])
    func parametersStandOutsideOfTexts(text: String, expected: String) throws {
        #expect(try inner(text) == expected)
    }

    @Test(arguments: [
        ("SELECT 1; SELECT 2", 11), ("SELECT 1) AS x, (SELECT 2", 9), ("SELECT (1", 9), ("SELECT 'a", 8),
        ("SELECT /* /* */", 8), ("SELECT \"a", 8), ("SELECT $a$ $$", 8), ("SELECT $1", 8), ("SELECT :b", 8),
        ("SELECT U&'\\0061'", 8), ("SELECT pg_sleep(1)", 8), ("SELECT \"pg_sleep\"(1)", 8),
        ("SELECT PG_CATALOG.Set_Config('a', 'b', true)", 19), ("SELECT x FROM pg_class", 15),
    ])
    func whatIsRefusedHasItsPlace(text: String, position: Int) {
        let fault = #expect(throws: SQLFault.self) { _ = try SQLStatement(text).prepared(Self.types) }
        #expect(fault?.position == position, "\(text): \(fault?.description ?? "")")
    }

    @Test(arguments: ["", "  ", ";", "-- only a comment", "/* */"])
    func nothingIsNoStatement(text: String) {
        #expect(throws: SQLFault.self) { _ = try SQLStatement(text) }
    }

    /// Each character that is sent from the text leads back to its place there.
    @Test func placesLeadBackToTheText() throws {
        let text = "SELECT :a, x\n  FROM é\u{1F600} WHERE t >= :from AND y = :a"
        let prepared = try SQLStatement(text).prepared(Self.types)
        let (written, sent) = (Array(text.unicodeScalars), Array(prepared.sql.unicodeScalars))
        var found = 0
        for place in 1...sent.count {
            guard let own = prepared.position(of: place) else { continue }
            #expect(written[own - 1] == sent[place - 1])
            found += 1
        }
        #expect(found == written.count - ":a:from:a".count)
    }

    /// Whatever is written, a text that is taken has no parameter left, and is one expression in brackets.
    @Test func randomTextsAreTakenOrRefused() {
        var random = SeededGenerator(seed: 5)
        let pieces = [
            "'", "\"", "$$", "$a$", "--", "/*", "*/", "\n", ":a", ":from", "::", "(", ")", ";", "E'", "\\", "a", " ",
            "1",
            "U&", "é",
        ]
        var taken = 0
        for _ in 0..<20_000 {
            let count = Int.random(in: 1...9, using: &random)
            let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            guard let prepared = try? SQLStatement(text).prepared(Self.types) else { continue }
            taken += 1
            let again = try? SQLStatement(prepared.sql.replacing("$", with: "_"))
            #expect(again?.names.isEmpty != false, "\(text)")
        }
        #expect(taken > 1_000)
    }
}
