import FoundationEssentials
import Testing

@testable import Postgres

@Suite(.server)
struct CopyTests {
    @Test func storesEveryTypeAndNull() async throws {
        let table = "CREATE TEMP TABLE item (a bigint, b integer, c smallint, d text, e uuid, f text[])"
        let uuid = try #require(UUID(uuidString: "01234567-89AB-CDEF-FEDC-BA9876543210"))
        let rows = try await TestServer.withConnection(setup: table) { connection in
            let count = try await connection.copy(
                into: "item",
                columns: ["a", "b", "c", "d", "e", "f"]
            ) { _, writer in
                try writer.row(Int.min, Int32.min, Int16.min, "", uuid, PostgresArray(of: .text))
                try writer.row(
                    0,
                    0 as Int32,
                    0 as Int16,
                    "tab\t\\N \"\u{1F600}\"\n",
                    uuid,
                    PostgresArray(["a b", "\"q\"", "\\", "é"])
                )
                try writer.row(Int.max, Int32.max, Int16.max, "\u{1}\u{7F}", uuid, PostgresArray([""]))
                try writer.row(
                    nil as Int?,
                    nil as Int32?,
                    nil as Int16?,
                    nil as String?,
                    nil as UUID?,
                    nil as PostgresArray?
                )
            }
            #expect(count == 4)
            return try await connection.execute(Items())
        }
        let text = "01234567-89ab-cdef-fedc-ba9876543210"
        #expect(
            rows == [
                Item(a: .min, b: -2_147_483_648, c: -32_768, d: "", e: text, f: "{}"),
                Item(a: 0, b: 0, c: 0, d: "tab\t\\N \"\u{1F600}\"\n", e: text, f: #"{"a b","\"q\"","\\",é}"#),
                Item(a: .max, b: 2_147_483_647, c: 32_767, d: "\u{1}\u{7F}", e: text, f: #"{""}"#),
                Item(a: nil, b: nil, c: nil, d: nil, e: nil, f: nil),
            ]
        )
    }

    @Test func mayHaveNoRows() async throws {
        try await TestServer.withConnection(setup: "CREATE TEMP TABLE item (id bigint)") { connection in
            let count = try await connection.copy(into: "item", columns: ["id"]) { _, _ in }
            #expect(count == 0)
            #expect(await connection.isUsable)
        }
    }

    /// One chunk is 64 KiB: the rows are sent in many chunks, and one row may exceed a chunk.
    @Test(arguments: [(rows: 20_000, width: 40), (rows: 3, width: 1_000_000), (rows: 64, width: 64 * 1024)])
    func storesManyChunks(rows: Int, width: Int) async throws {
        try await TestServer.withConnection(setup: "CREATE TEMP TABLE item (id bigint, name text)") { connection in
            for _ in 0..<2 {
                try await connection.run("TRUNCATE item")
                let count = try await connection.copy(into: "item", columns: ["id", "name"]) { _, writer in
                    for id in 0..<rows { try writer.row(id, Self.name(id, width: width)) }
                }
                #expect(count == rows)
                let names = try await connection.execute(Names())
                try #require(names.count == rows)
                #expect((0..<rows).allSatisfy { names[$0] == Self.name($0, width: width) })
            }
        }
    }

    @Test func givesTheAnswersOfTheScript() async throws {
        try await TestServer.withConnection(setup: "CREATE TEMP TABLE item (id bigint)") { connection in
            var received: [[String?]] = []
            let count = try await connection.copy(
                after: "SELECT 1, NULL, 'é'; SET LOCAL work_mem = '1MB'; SELECT n FROM generate_series(7, 9) AS n;",
                into: "item",
                columns: ["id"]
            ) { answers, writer in
                received = answers
                for id in 1...2 { try writer.row(id) }
            }
            #expect(received == [["1", nil, "é"], ["7"], ["8"], ["9"]])
            // The count includes the copied rows only, not those of the script.
            #expect(count == 2)
        }
    }

    @Test func isVisibleToOthersWhenItReturns() async throws {
        try await TestServer.withSchema("CREATE TABLE item (id bigint)") { observer, setup in
            try await TestServer.withConnection(setup: setup) { connection in
                for round in 1...50 {
                    let count = try await connection.copy(
                        after: "INSERT INTO item VALUES (\(-round));",
                        into: "item",
                        columns: ["id"]
                    ) { _, writer in try writer.row(round) }
                    #expect(count == 1)
                    #expect(try await observer.execute(Count()) == [2 * round])
                }
            }
        }
    }

    private static func name(_ id: Int, width: Int) -> String {
        let number = String(id)
        return number + String(repeating: "x", count: width - number.utf8.count)
    }
}

private struct Item: Equatable {
    let a: Int?
    let b: Int?
    let c: Int?
    let d: String?
    let e: String?
    let f: String?
}

private struct Items: Statement {
    static let sql = "SELECT a, b, c, d, e::text, f::text FROM item ORDER BY a"
    let parameters = Parameters()
    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Item {
        let (a, b, c, d, e, f) = try row.decode((Int?, Int?, Int?, String?, String?, String?).self)
        return Item(a: a, b: b, c: c, d: d, e: e, f: f)
    }
}

private struct Names: Statement {
    typealias Row = String
    static let sql = "SELECT name FROM item ORDER BY id"
    let parameters = Parameters()
}

private struct Count: Statement {
    typealias Row = Int
    static let sql = "SELECT count(*) FROM item"
    let parameters = Parameters()
}
