import Support
import Testing

@testable import Postgres

/// Copied rows are read back unchanged: the encoder and PostgreSQL agree on every possible value.
@Suite(.server)
struct CopyRoundTripTests {
    private struct Item: Equatable {
        let key: Int
        let small: Int16?
        let medium: Int32?
        let text: String?
    }

    private struct AllItems: Statement {
        static let sql = "SELECT key, small, medium, text FROM copied_back ORDER BY key"
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

    @Test(arguments: 0..<10)
    func copiedRowsAreReadBack(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let items = (0..<2_000).map { index in
            // Ascending keys, odd and even, negative and positive, including both ends of the range.
            let key = index == 0 ? Int.min : index == 1_999 ? Int.max : (index - 1_000) * 4_611_686_018_427_387
            return Item(
                key: key,
                small: Bool.random(using: &generator) ? Int16.random(in: .min ... .max, using: &generator) : nil,
                medium: Bool.random(using: &generator) ? Int32.random(in: .min ... .max, using: &generator) : nil,
                text: Bool.random(using: &generator) ? Self.text(&generator) : nil
            )
        }
        let table = "CREATE TEMP TABLE copied_back (key bigint, small smallint, medium integer, text text)"
        try await TestServer.withConnection(setup: table) { connection in
            let count = try await connection.copy(
                into: "copied_back",
                columns: ["key", "small", "medium", "text"]
            ) { _, writer in
                for item in items { try writer.row(item.key, item.small, item.medium, item.text) }
            }
            #expect(count == items.count)
            let read = try await connection.execute(AllItems())
            #expect(read == items)
        }
    }

    /// A text without NUL, often with characters that are special in a text format.
    private static func text(_ generator: inout SeededGenerator) -> String {
        let special: [Unicode.Scalar] = [
            "\\", "\n", "\r", "\t", "'", "\"", ",", "\u{1}", "\u{7F}", "\u{FEFF}", "\u{10FFFF}",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...40, using: &generator) {
            let any = Unicode.Scalar(UInt32.random(in: 1...0x10FFFF, using: &generator)) ?? "x"
            text.append(Bool.random(using: &generator) ? any : special.randomElement(using: &generator) ?? "x")
        }
        return String(text)
    }
}
