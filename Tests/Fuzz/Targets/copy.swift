// package postgres
import Dispatch
import Foundation
import Postgres

/// Rows made of the bytes: PostgreSQL has to take what the encoder of COPY makes of them, and give them back the same.
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

private struct Item: Equatable {
    let key: Int
    let small: Int16?
    let medium: Int32?
    let text: String?
}

private struct AllItems: Statement {
    static let sql = "SELECT key, small, medium, text FROM copied_back ORDER BY place"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Item {
        let (key, small, medium, text) = try row.decode((Int, Int?, Int?, String?).self)
        return Item(
            key: key,
            small: small.flatMap { Int16(exactly: $0) },
            medium: medium.flatMap { Int32(exactly: $0) },
            text: text
        )
    }
}

private let connection = Task {
    let url = ProcessInfo.processInfo.environment["HOURGLASS_TEST_DATABASE"] ?? ""
    let table = """
        CREATE TEMP TABLE copied_back (place serial, key bigint, small smallint, medium integer, text text)
        """
    return try await Connection.open(url, setup: table)
}

private func check(_ rows: [Item]) async throws {
    let connection = try await connection.value
    try await connection.run("TRUNCATE copied_back")
    let count = try await connection.copy(
        into: "copied_back",
        columns: ["key", "small", "medium", "text"]
    ) { _, writer in
        for row in rows { try writer.row(row.key, row.small, row.medium, row.text) }
    }
    precondition(count == rows.count)
    let read = try await connection.execute(AllItems())
    precondition(read == rows)
}

/// Each row takes a byte that says which of its values are there, fourteen for the numbers, and a text up to a NUL.
private func rows(from bytes: Span<UInt8>) -> [Item] {
    var rest = bytes.indices.map { bytes[$0] }[...]
    func number(_ count: Int) -> UInt64 {
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count).reduce(0) { $0 << 8 | UInt64($1) }
    }
    var rows: [Item] = []
    while !rest.isEmpty {
        let values = number(1)
        let key = Int(truncatingIfNeeded: number(8))
        let small = Int16(truncatingIfNeeded: number(2))
        let medium = Int32(truncatingIfNeeded: number(4))
        let text = rest.prefix { $0 != 0 }
        rest = rest.dropFirst(text.count + 1)
        rows.append(
            Item(
                key: key,
                small: values & 1 == 0 ? nil : small,
                medium: values & 2 == 0 ? nil : medium,
                text: values & 4 == 0 ? nil : String(decoding: text, as: UTF8.self)
            )
        )
    }
    return rows
}
