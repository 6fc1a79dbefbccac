/// The values of a statement's `$1`, `$2`, …, in PostgreSQL's binary format.
package struct Parameters: Sendable {
    /// The encoded values, concatenated.
    private var bytes: [UInt8] = []
    /// The range of each value in `bytes`; nil for NULL.
    private var ranges: [Range<Int>?] = []

    package init<each Value: PostgresEncodable>(_ value: repeat (each Value)?) {
        repeat append(each value)
    }

    /// Appends a value, which must be of the type that the server infers for it.
    package mutating func append(_ value: (some PostgresEncodable)?) {
        guard let value else { return ranges.append(nil) }
        let start = bytes.count
        value.encode(into: &bytes)
        ranges.append(start..<bytes.count)
    }

    /// Lends the arrays that `PQexecPrepared` takes, for the duration of `body`.
    func withUnsafeArrays<R>(
        _ body: (_ count: Int32, _ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) -> R
    ) -> R {
        // An empty array has no address, and nil would mean NULL: so one byte is appended.
        (bytes + [0]).withUnsafeBytes { base in
            let values = ranges.map { range in
                range.flatMap { base.baseAddress?.advanced(by: $0.lowerBound).assumingMemoryBound(to: CChar.self) }
            }
            let lengths = ranges.map { Int32($0?.count ?? 0) }
            return body(Int32(ranges.count), values, lengths, lengths.map { _ in 1 })
        }
    }
}
