import CPostgres

/// One row of a stream, with columns of any number and type.
package struct StreamedRow: ~Copyable {
    private let result: QueryResult

    init(_ result: consuming QueryResult) {
        self.result = result
    }

    /// The size of the values as they are sent, each of them after its length, in bytes.
    var size: Int {
        (0..<PQnfields(result.raw)).reduce(0) { $0 + 4 + Int(PQgetlength(result.raw, 0, $1)) }
    }

    /// The number of columns.
    package var count: Int { Int(PQnfields(result.raw)) }

    /// The values of all columns of a stream in text format, from left to right.
    ///
    /// - Throws: An error for a value that is written otherwise than `PostgresValue` expects, as when the query has
    ///   changed the session's `datestyle`.
    package func values() throws(PostgresDecodingError) -> [PostgresValue] {
        try (0..<count).map { column throws(PostgresDecodingError) in
            guard let text = try text(at: column) else { return .null }
            return try PostgresValue(text: text, type: PostgresType(rawValue: PQftype(result.raw, Int32(column))))
        }
    }

    /// The text of a value of a stream in text format, as PostgreSQL writes it; nil is NULL.
    package func text(at column: Int) throws(PostgresDecodingError) -> String? {
        guard 0..<count ~= column, PQfformat(result.raw, Int32(column)) == ResultFormat.text.rawValue else {
            throw PostgresDecodingError(reason: "no text at column \(column)")
        }
        guard PQgetisnull(result.raw, 0, Int32(column)) == 0 else { return nil }
        // The bytes belong to the result, which this row owns.
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result.raw, 0, Int32(column)),
            count: Int(PQgetlength(result.raw, 0, Int32(column)))
        )
        return try String(postgres: bytes)
    }

    /// The integer of a stream in binary format; nil is NULL.
    ///
    /// Faster than `decode` for rows of many columns that come in millions.
    package func integer(at column: Int) throws(PostgresDecodingError) -> Int? {
        try binary(at: column).map { bytes throws(PostgresDecodingError) in try Int(postgres: bytes) }
    }

    /// The text of a stream in binary format, for a column of a type of texts; nil is NULL.
    package func binaryText(at column: Int) throws(PostgresDecodingError) -> String? {
        try binary(at: column).map { bytes throws(PostgresDecodingError) in try String(postgres: bytes) }
    }

    /// The bytes of a value of a stream in binary format, which belong to the row; nil is NULL.
    private func binary(at column: Int) throws(PostgresDecodingError) -> UnsafeRawBufferPointer? {
        guard 0..<count ~= column, PQfformat(result.raw, Int32(column)) == ResultFormat.binary.rawValue else {
            throw PostgresDecodingError(reason: "no binary value at column \(column)")
        }
        guard PQgetisnull(result.raw, 0, Int32(column)) == 0 else { return nil }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(result.raw, 0, Int32(column)),
            count: Int(PQgetlength(result.raw, 0, Int32(column)))
        )
    }

    /// The values of all columns of a stream in binary format, from left to right.
    package func decode<each Column: PostgresDecodable>(
        _ types: (repeat each Column).Type
    ) throws(PostgresDecodingError) -> (repeat each Column) {
        guard count == 0 || PQfformat(result.raw, 0) == ResultFormat.binary.rawValue else {
            throw PostgresDecodingError(reason: "a row of texts")
        }
        return try Row(result, index: 0).decode(types)
    }
}
