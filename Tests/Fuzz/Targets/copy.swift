// package postgres
import Dispatch
import Foundation
import Postgres

/// Rows made from the bytes: PostgreSQL must accept their COPY encoding and return the same rows.
func examine(_ bytes: Span<UInt8>) {
    let rows = rows(from: bytes)
    let done = DispatchSemaphore(value: 0)
    Task {
        do {
            try await check(rows)
        } catch {
            fatalError("\(error)")
        }
        done.signal()
    }
    done.wait()
}

private typealias Values = (key: Int, small: Int16?, medium: Int32?, text: String?)

private struct AllRows: Statement {
    static let sql = "SELECT key, small, medium, text FROM copied_back ORDER BY place"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> (Int, Int?, Int?, String?) {
        try row.decode((Int, Int?, Int?, String?).self)
    }
}

private let connection = Task {
    let url = ProcessInfo.processInfo.environment["HOURGLASS_TEST_DATABASE"] ?? ""
    let table = """
        CREATE TEMP TABLE copied_back (place serial, key bigint, small smallint, medium integer, text text)
        """
    return try await Connection.open(url, setup: table)
}

private func check(_ rows: [Values]) async throws {
    let connection = try await connection.value
    try await connection.run("TRUNCATE copied_back")
    let count = try await connection.copy(
        into: "copied_back",
        columns: ["key", "small", "medium", "text"]
    ) { _, writer in
        for row in rows { try writer.row(row.key, row.small, row.medium, row.text) }
    }
    precondition(count == rows.count)
    let read = try await connection.execute(AllRows())
    precondition(read.count == rows.count)
    for (read, row) in zip(read, rows) {
        precondition(read == (row.key, row.small.map(Int.init), row.medium.map(Int.init), row.text))
    }
}

/// Reads rows: a byte whose bits tell which values are present, fourteen bytes of numbers, and a text up to a NUL.
private func rows(from bytes: Span<UInt8>) -> [Values] {
    var rest = bytes.indices.map { bytes[$0] }[...]
    func number(_ count: Int) -> UInt64 {
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count).reduce(0) { $0 << 8 | UInt64($1) }
    }
    var rows: [Values] = []
    while !rest.isEmpty {
        let isThere = number(1)
        let key = Int(truncatingIfNeeded: number(8))
        let small = Int16(truncatingIfNeeded: number(2))
        let medium = Int32(truncatingIfNeeded: number(4))
        let text = rest.prefix { $0 != 0 }
        rest = rest.dropFirst(text.count + 1)
        rows.append(
            (
                key,
                isThere & 1 == 0 ? nil : small,
                isThere & 2 == 0 ? nil : medium,
                isThere & 4 == 0 ? nil : String(decoding: text, as: UTF8.self)
            )
        )
    }
    return rows
}
