import Analytics

extension NumberedRows {
    mutating func readCSV<Fields: RecordFields>(
        _ bytes: Span<UInt8>,
        limit: Int,
        _ reading: Reading<Fields>
    ) throws(Bulk.Failure) {
        var scanner = CSVScanner(bytes)
        guard let header = try scanner.next(in: bytes), header.isWellFormed,
            let columns = Fields.Columns(header: header, in: bytes)
        else { throw .malformed(Rejection(.body, Fields.Columns.wrongHeader), line: 1) }
        while rows.count <= limit, let record = try scanner.next(in: bytes) {
            if record.isBlank { continue }
            guard record.isWellFormed else {
                reject(Rejection(.body, .malformedCSV), line: record.line)
                continue
            }
            guard record.values.count == columns.count else {
                reject(Rejection(.body, .wrongColumns), line: record.line)
                continue
            }
            add(Fields(csv: record, columns), in: bytes, line: record.line, reading)
        }
    }
}
