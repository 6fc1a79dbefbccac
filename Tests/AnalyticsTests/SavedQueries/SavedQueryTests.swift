import Analytics
import Testing

/// Files with questions in SQL.
struct SavedQueryTests {
    @Test func theCommentAtTheBeginningIsTheTitle() {
        let query = SavedQuery(
            .public,
            "pages",
            text: """
                -- Pages by views.
                -- Of people only.
                -- param limit integer = 10
                -- param event text = 'it''s'
                -- param since date
                SELECT :limit, :event, :since, :from, :site -- param x text = 1
                """
        )
        #expect(query.title == "Pages by views")
        #expect(query.description == "Of people only.")
        #expect(
            query.parameters == [
                QueryParameter(name: "limit", kind: .integer, standard: "10"),
                QueryParameter(name: "event", kind: .text, standard: "it's"),
                QueryParameter(name: "since", kind: .date),
            ]
        )
        #expect(query.fault == nil)
        #expect(query.prepared()?.names == ["limit", "event", "since", "from", "site"])
    }

    @Test func aFileWithoutACommentHasItsName() {
        let query = SavedQuery(.private, "all", text: "SELECT 1")
        #expect(query.title == "all" && query.fault == nil)
    }

    @Test(arguments: [
        "-- a\n-- param limit integer = ten\nSELECT 1", "-- a\n-- param from date\nSELECT 1",
        "-- a\n-- param x decimal\nSELECT 1", "-- a\n-- param x text\n-- param x text\nSELECT 1",
        "-- a\n-- param X text\nSELECT 1", "-- a\nSELECT :missing", "-- a", "-- a\nSELECT 1; DROP TABLE x",
    ])
    func whatIsWrongIsToldInTheList(text: String) {
        let query = SavedQuery(.public, "x", text: text)
        #expect(query.fault != nil)
        #expect(query.prepared() == nil)
    }

    @Test(arguments: [
        (QueryParameter.Kind.integer, ["1", "-5"], ["", "1.5", "2147483648", "1 OR 1"]),
        (.bigint, ["9000000000"], ["9223372036854775808"]), (.numeric, ["1.5", "-2e3"], ["nan", "inf", "x"]),
        (.boolean, ["true"], ["1", "TRUE"]), (.text, ["", "'; --"], ["a\0b"]),
        (.date, ["2026-02-28"], ["2026-02-30", "x"]),
        (.timestamptz, ["2026-02-28T10:00:00Z"], ["2026-02-28", "now"]),
    ])
    func valuesAreOfTheirType(kind: QueryParameter.Kind, good: [String], bad: [String]) {
        let parameter = QueryParameter(name: "x", kind: kind)
        for text in good { #expect(parameter.accepts(text), "\(text)") }
        for text in bad { #expect(!parameter.accepts(text), "\(text)") }
    }
}
