import FoundationEssentials
import Support
import Testing

@testable import Postgres

@Suite(.server)
struct PostgresArrayTests {
    @Test func isReturned() async throws {
        let uuid = UUID()
        let date = Date(timeIntervalSinceReferenceDate: 0.5)
        let numbers = ["1.50", "NaN", "-0.000001"].compactMap { PostgresNumeric($0) }
        try await isReturned([1, .min, .max], of: .bigint)
        try await isReturned(["", "NULL", "a,\"b\\{}"], of: .text)
        try await isReturned([0.1, -0.0, .infinity], of: .double)
        try await isReturned([true, false], of: .boolean)
        try await isReturned([uuid], of: .uuid)
        try await isReturned([date], of: .timestamptz)
        try await isReturned(numbers, of: .numeric)
        try await isReturned([[0, 255], []] as [[UInt8]], of: .bytea)
        try await isReturned([PostgresJSON("[1, {}]")], of: .jsonb)
        try await isReturned([PostgresDate.infinity, PostgresDate(days: -1)], of: .date)
    }

    @Test func mayBeEmpty() async throws {
        try await isReturned([] as [Int], of: .bigint)
        try await isReturned([] as [String], of: .text)
    }

    @Test func mayHoldNulls() async throws {
        let numbers = [nil, 1, nil, 2, nil]
        try await TestServer.withConnection { connection in
            let returned = try await connection.returned(numbers, of: .bigint)
            #expect(returned == numbers)
            // The server counts them as NULLs.
            let array = PostgresArray(of: .bigint, numbers)
            let query = PostgresQuery("SELECT $1::bigint[]::text", Parameters(array))
            let written = try await connection.execute(query) { row in try row.decode(String.self) }
            #expect(written == ["{NULL,1,NULL,2,NULL}"])
        }
    }

    @Test func readsAnyIndices() async throws {
        #expect(try await numbers(in: "'[5:7]={1,2,3}'::integer[]") == [1, 2, 3])
    }

    @Test(arguments: [
        "ARRAY[[1, 2], [3, 4]]::bigint[]", "ARRAY[1, NULL]::bigint[]", "NULL::bigint[]", "ARRAY['a', 'b']::text[]",
        "1::bigint", "'12345678901234567890'::bytea", "''::text", "ARRAY[1.5]::numeric[]",
    ])
    func refusesOtherValues(expression: String) async throws {
        try await #require(throws: PostgresDecodingError.self) { try await numbers(in: expression) }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func keepsEveryElement(seed: UInt64) async throws {
        try await TestServer.withConnection { connection in
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<100 {
                let count = Int.random(in: 0...50, using: &generator)
                let numbers = (0..<count).map { _ in
                    Bool.random(using: &generator) ? Int(truncatingIfNeeded: generator.next()) : nil
                }
                let texts = numbers.map { number in number.map { "\\\"{,}\u{1F600} \($0)".prefix(Int($0 & 15)) } }
                    .map { $0.map(String.init) }
                let returned = (
                    try await connection.returned(numbers, of: .bigint), try await connection.returned(texts, of: .text)
                )
                #expect(returned == (numbers, texts))
                // Written as text, for columns that are unknown.
                let parameters = Parameters(PostgresArray(of: .text, texts))
                let table = try await connection.table(PostgresQuery("SELECT $1::text[]", parameters), limit: .none)
                #expect(table.rows == [[.array(texts.map { $0.map { .text($0) } ?? .null })]])
            }
        }
    }

    /// Damaged bytes give an array or an error, never a trap.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func readsAnyBytes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let whole = PostgresArray(of: .bigint, [1, nil, 3] as [Int?]).encoded
        #expect(try [Int?].decoded(whole) == [1, nil, 3])
        for length in 0..<whole.count {
            #expect(throws: PostgresDecodingError.self) { try [Int?].decoded(Array(whole.prefix(length))) }
        }
        #expect(throws: PostgresDecodingError.self) { try [Int?].decoded(whole + [0]) }
        for _ in 0..<5_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
                    in: .min ... .max,
                    using: &generator
                )
            }
            guard let array = try? [Int?].decoded(bytes) else { continue }
            #expect(array.count <= 3)
        }
    }

    /// Expects the server to return an array, and to read it without NULLs.
    private func isReturned<Value: PostgresEncodable & PostgresDecodable & Equatable>(
        _ values: [Value],
        of element: PostgresType
    ) async throws {
        let returned = try await TestServer.withConnection { try await $0.returned(values, of: element) }
        #expect(returned == values)
        #expect(try [Value].decoded(PostgresArray(of: element, values).encoded) == values)
    }

    /// The value of an expression, read as an array of integers.
    private func numbers(in expression: String) async throws -> [Int] {
        let rows = try await TestServer.withConnection { connection in
            try await connection.execute(PostgresQuery("SELECT \(expression)")) { row in try row.decode([Int].self) }
        }
        return try #require(rows.first)
    }
}

extension Connection {
    /// An array with NULLs that the server returns.
    fileprivate func returned<Value: PostgresEncodable & PostgresDecodable>(
        _ values: [Value?],
        of element: PostgresType
    ) async throws -> [Value?] {
        let names: [PostgresType: String] = [
            .bigint: "bigint", .text: "text", .double: "double precision", .boolean: "boolean", .uuid: "uuid",
            .timestamptz: "timestamptz", .numeric: "numeric", .bytea: "bytea", .jsonb: "jsonb", .date: "date",
        ]
        let name = try #require(names[element])
        let query = PostgresQuery("SELECT $1::\(name)[]", Parameters(PostgresArray(of: element, values)))
        return try #require(try await execute(query) { row in try row.decode([Value?].self) }.first)
    }
}
