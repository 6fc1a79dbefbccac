package import Analytics

extension EventFields {
    /// Finds the three fields in a query string or a form body.
    package init(form query: Span<UInt8>) {
        self.init()
        var fields = EventFields()
        forEachPair(of: query) { key, value in fields.note(value, key: key) }
        self = fields
    }

    /// Finds the three fields in a text that is one JSON object.
    package init(json bytes: Span<UInt8>) throws(Rejection) {
        var scanner = JSONScanner(position: 0, end: bytes.count)
        self = try scanner.only(in: bytes)
    }
}

extension EventFields: RecordFields {
    /// Takes the three fields from a CSV record, which must have a value for each column.
    init(csv record: CSVScanner.Record, _ columns: EventColumns) {
        self.init()
        timestamp = record.values[columns.timestamp]
        user = record.values[columns.user]
        event = record.values[columns.event]
    }
}
