import Analytics
import Testing

@testable import Web

/// The order and the choice of the rows of an answer to SQL.
struct QueryTableViewTests {
    private static let table = QueryTable(
        columns: [QueryTable.Column("ts", .time), QueryTable.Column("count", .number), QueryTable.Column("note")],
        rows: [
            [.text("2026-01-05T09:00:00.5Z"), .number("10"), .text("Beta")],
            [.text("2026-01-05T09:00:00Z"), .number("9"), .null], [.null, .number("-1"), .text("alpha")],
            [.text("2026-01-05T09:00:01Z"), .number("9"), .text("10")],
        ]
    )

    @Test(arguments: [
        ("", "", [0, 1, 2, 3]), ("1", "", [1, 0, 3, 2]), ("-1", "", [2, 3, 0, 1]), ("2", "", [2, 1, 3, 0]),
        ("-2", "", [0, 1, 3, 2]), ("-2", "10", [0, 3]), ("", "BETA", [0]), ("4", "", [0, 1, 2, 3]), ("x", "none", []),
    ])
    func sortsAndSearches(sort: String, search: String, order: [Int]) {
        let rows = QueryTableView(sort: sort, search: search).rows(of: Self.table)
        #expect(rows == order.map { Self.table.rows[$0] })
    }

    @Test(arguments: ["1", "-3"]) func theOrderIsReadAndWritten(sort: String) {
        #expect(QueryTableView(sort: sort, search: "").sort == sort)
    }
}
