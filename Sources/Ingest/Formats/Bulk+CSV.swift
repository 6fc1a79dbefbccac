import Analytics

extension Bulk {
    mutating func readCSV(_ bytes: Span<UInt8>) throws(Failure) {
        var scanner = CSVScanner(bytes)
        guard let columns = CSVColumns(header: try scanner.next(in: bytes), in: bytes) else {
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
            add(EventFields(csv: record, columns), in: bytes, line: record.line)
        }
    }
}
