import Analytics

extension Bulk {
    /// Which column holds which field.
    private struct Columns {
        var timestamp = -1
        var user = -1
        var event = -1
        var count = 0
    }

    mutating func readCSV(_ bytes: Span<UInt8>) throws(Failure) {
        var scanner = CSVScanner(bytes)
        guard let columns = Self.columns(of: try scanner.next(in: bytes), in: bytes) else {
            throw .malformed(Rejection(.body, .wrongHeader), line: 1)
        }
        while !isOverfull, let record = try scanner.next(in: bytes) {
            if record.isBlank { continue }
            guard record.isWellFormed else {
                reject(Rejection(.body, .malformedCSV), line: record.line)
                continue
            }
            guard record.values.count == columns.count else {
                reject(Rejection(.body, .wrongColumns), line: record.line)
                continue
            }
            var fields = EventFields()
            fields.timestamp = record.values[columns.timestamp]
            fields.user = record.values[columns.user]
            fields.event = record.values[columns.event]
            add(fields, in: bytes, line: record.line)
        }
    }

    private static func columns(of header: CSVScanner.Record?, in bytes: Span<UInt8>) -> Columns? {
        guard let header, header.isWellFormed else { return nil }
        var columns = Columns()
        columns.count = header.values.count
        for (index, value) in header.values.enumerated() {
            let name = bytes.extracting(value.range)
            // As everywhere, the first of a repeated one counts.
            if columns.timestamp < 0, name.equals("timestamp") { columns.timestamp = index }
            if columns.user < 0, name.equals("user") { columns.user = index }
            if columns.event < 0, name.equals("event") { columns.event = index }
        }
        return columns.timestamp >= 0 && columns.user >= 0 && columns.event >= 0 ? columns : nil
    }
}
