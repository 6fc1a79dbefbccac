import CPostgres

/// One row of a result, readable only while it is lent.
package struct Row: ~Copyable {
    private let result: OpaquePointer
    private let index: Int32

    init(_ result: borrowing QueryResult, index: Int32) {
        self.result = result.raw
        self.index = index
    }

    /// The values of all columns, from left to right.
    package func decode<each Column: PostgresDecodable>(
        _ types: (repeat each Column).Type
    ) throws(PostgresDecodingError) -> (repeat each Column) {
        var wanted: Int32 = 0
        repeat count((each Column).self, &wanted)
        guard wanted == PQnfields(result) else {
            throw PostgresDecodingError(reason: "\(PQnfields(result)) columns instead of \(wanted)")
        }
        var column: Int32 = 0
        return (repeat try value((each Column).self, &column))
    }

    private func count<Value>(_: Value.Type, _ columns: inout Int32) { columns += 1 }

    private func value<Value: PostgresDecodable>(
        _: Value.Type,
        _ column: inout Int32
    ) throws(PostgresDecodingError) -> Value {
        defer { column += 1 }
        guard PQgetisnull(result, index, column) == 0 else { return try Value(postgres: nil) }
        let count = Int(PQgetlength(result, index, column))
        return try Value(postgres: UnsafeRawBufferPointer(start: PQgetvalue(result, index, column), count: count))
    }
}

extension QueryResult {
    /// The rows of a statement.
    func rows<S: Statement>(of _: S.Type) throws(PostgresDecodingError) -> [S.Row] {
        try (0..<rowCount).map { index throws(PostgresDecodingError) in try S.decode(Row(self, index: index)) }
    }
}
