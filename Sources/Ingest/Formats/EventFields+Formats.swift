package import Analytics

extension EventFields {
    /// Finds the three fields in a query string or a form body.
    package init(form query: Span<UInt8>) {
        self.init()
        var fields = EventFields()
        forEachPair(of: query) { key, value in fields.note(value, key: key) }
        self = fields
    }

    /// Finds the three fields in a JSON object, which is all there is.
    package init(json bytes: Span<UInt8>) throws(Rejection) {
        var scanner = JSONScanner(position: 0, end: bytes.count)
        self = try scanner.only(in: bytes)
    }

    /// Takes the three fields out of a CSV record, which has as many values as there are columns.
    init(csv record: CSVScanner.Record, _ columns: CSVColumns) {
        self.init()
        timestamp = record.values[columns.timestamp]
        user = record.values[columns.user]
        event = record.values[columns.event]
    }
}
