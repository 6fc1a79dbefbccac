import Analytics

/// The fields of a record, as the formats give them: values in the received bytes, by their keys.
protocol RecordFields {
    associatedtype Columns: RecordColumns

    init()

    /// Takes the fields from a CSV record, which must have a value for each column.
    init(csv record: CSVScanner.Record, _ columns: Columns)

    /// Stores a value under its key; the first of a repeated key counts, unknown keys are ignored.
    mutating func note(_ value: FieldValue, key: Span<UInt8>)
}

/// The columns of the fields in a CSV text.
protocol RecordColumns {
    /// The reason that a header line is refused.
    static var wrongHeader: Rejection.Reason { get }

    /// The number of all columns.
    var count: Int { get }

    /// Reads a well-formed header line; nil if it lacks what a record needs.
    init?(header: CSVScanner.Record, in bytes: Span<UInt8>)
}
