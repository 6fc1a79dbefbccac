import Testing

@testable import Postgres

extension RowStream {
    /// Reads a number of rows, which must be there.
    mutating func skip(_ count: Int) throws {
        for _ in 0..<count {
            let isThere = try next() != nil
            try #require(isThere)
        }
    }

    /// Reads to the end, and returns the number of rows.
    mutating func count() throws -> Int {
        var count = 0
        while let row = try next() { count += row.count > 0 ? 1 : 0 }
        return count
    }
}

extension PostgresQuery {
    /// Rows of a number and 1 000 bytes.
    static func series(_ count: Int) -> PostgresQuery {
        PostgresQuery(
            "SELECT n, repeat('x', 1000) AS padding FROM generate_series(1, $1::bigint) n",
            Parameters(count)
        )
    }
}
