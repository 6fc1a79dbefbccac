/// The values of a statement's `$1`, `$2`, …, in PostgreSQL's binary format or as text.
package struct Parameters: Sendable {
    /// The encoded values, concatenated.
    private var bytes: [UInt8] = []
    /// The range of each value in `bytes`, nil for NULL, and its format.
    private var values: [(range: Range<Int>?, format: ResultFormat)] = []

    /// The most values that a statement may have.
    static let most = 65_535

    package var count: Int { values.count }

    package init<each Value: PostgresEncodable>(_ value: repeat (each Value)?) {
        repeat append(each value)
    }

    /// Appends a value, which must be of the type that the server infers for it.
    package mutating func append(_ value: (some PostgresEncodable)?) {
        guard let value else { return values.append((nil, .binary)) }
        let start = bytes.count
        value.encode(into: &bytes)
        values.append((start..<bytes.count, .binary))
    }

    /// Appends a text from which the server reads a value of the type that it infers, as from a literal in quotes.
    ///
    /// - Throws: An error of the value (22021) for a text with NUL, which would end it.
    package mutating func append(text: String?) throws(PostgresError) {
        guard let text else { return append(nil as String?) }
        let start = bytes.count
        bytes += try text.withoutNUL().utf8
        values.append((start..<bytes.count, .text))
        // libpq reads a text to its end.
        bytes.append(0)
    }

    /// Lends the arrays that `PQexecPrepared` and `PQsendQueryParams` take, for the duration of `body`.
    func withUnsafeArrays<R>(
        _ body: (_ count: Int32, _ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) -> R
    ) -> R {
        // An empty array has no address, and nil would mean NULL: so one byte is appended.
        (bytes + [0]).withUnsafeBytes { base in
            let addresses = values.map { value in
                value.range.flatMap {
                    base.baseAddress?.advanced(by: $0.lowerBound).assumingMemoryBound(to: CChar.self)
                }
            }
            let lengths = values.map { Int32($0.range?.count ?? 0) }
            return body(Int32(values.count), addresses, lengths, values.map(\.format.rawValue))
        }
    }
}
