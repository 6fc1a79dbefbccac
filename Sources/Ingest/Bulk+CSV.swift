import Analytics

// RFC 4180: fields in quotes may hold commas, line breaks and doubled quotes; lines end with LF or CRLF.
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
        guard let columns = Self.columns(of: scanner.next(in: bytes), in: bytes) else {
            throw .malformed(Rejection(.body, .wrongHeader))
        }
        while !isOverfull, let record = scanner.next(in: bytes) {
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

/// Goes over the records of a CSV text.
struct CSVScanner {
    struct Record {
        var values: [EventFields.Value] = []
        /// The line it begins on, counted from 1.
        var line: Int
        var isWellFormed = true
        var hasQuotes = false
        var isBlank: Bool { values.count == 1 && values[0].range.isEmpty && !hasQuotes }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private var position: Int
    private var line = 1

    /// Begins after a byte order mark, if there is one.
    init(_ bytes: Span<UInt8>) {
        let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
        position = hasMark ? 3 : 0
    }

    /// The next record; nil at the end.
    mutating func next(in bytes: Span<UInt8>) -> Record? {
        guard position < bytes.count else { return nil }
        var record = Record(line: line)
        record.values.reserveCapacity(3)
        while true {
            if position < bytes.count, bytes[position] == Self.quote {
                quotedField(in: bytes, &record)
            } else {
                plainField(in: bytes, &record)
            }
            guard position < bytes.count else { return record }
            let separator = bytes[position]
            position += 1
            if separator == Self.lineFeed {
                line += 1
                return record
            }
        }
    }

    /// Reads to the comma or line feed that ends the field, or to the end of the text.
    private mutating func plainField(in bytes: Span<UInt8>, _ record: inout Record) {
        let start = position
        while position < bytes.count, bytes[position] != Self.comma, bytes[position] != Self.lineFeed {
            if bytes[position] == Self.quote { record.isWellFormed = false }
            position += 1
        }
        record.values.append(EventFields.Value(start..<endOfField(in: bytes, from: start), .plain))
    }

    private mutating func quotedField(in bytes: Span<UInt8>, _ record: inout Record) {
        record.hasQuotes = true
        position += 1
        let start = position
        var isEscaped = false
        while position < bytes.count {
            if bytes[position] == Self.lineFeed { line += 1 }
            if bytes[position] == Self.quote {
                guard position + 1 < bytes.count, bytes[position + 1] == Self.quote else { break }
                isEscaped = true
                position += 1
            }
            position += 1
        }
        record.values.append(EventFields.Value(start..<position, isEscaped ? .csv : .plain))
        guard position < bytes.count else {
            record.isWellFormed = false
            return
        }
        position += 1
        let end = position
        while position < bytes.count, bytes[position] != Self.comma, bytes[position] != Self.lineFeed { position += 1 }
        if endOfField(in: bytes, from: end) != end { record.isWellFormed = false }
    }

    /// Where a field ends that the scanner has just gone over: before the CR of a CRLF.
    private func endOfField(in bytes: Span<UInt8>, from start: Int) -> Int {
        let endsLine = position == bytes.count || bytes[position] == Self.lineFeed
        let hasReturn = position > start && bytes[position - 1] == Self.carriageReturn
        return endsLine && hasReturn ? position - 1 : position
    }
}
