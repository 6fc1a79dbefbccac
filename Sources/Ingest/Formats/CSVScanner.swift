import Analytics

/// A scanner for the records of a CSV text (RFC 4180): quoted fields may contain commas, line breaks and doubled quotes;
/// lines end with LF or CRLF.
///
/// Records are separated as by PostgreSQL's COPY: any quote, even within a field, opens a quoted part, and a record cannot
/// end before it is closed. A field that RFC 4180 forbids invalidates its record only; a text whose records cannot be
/// separated is malformed.
struct CSVScanner {
    struct Record {
        var values: [FieldValue] = []
        /// The number of its first line, counted from 1.
        let line: Int
        /// The line of the first misplaced quote; nil if the record is well-formed.
        var wrongQuote: Int?
        var hasQuotes = false
        var isWellFormed: Bool { wrongQuote == nil }
        var isBlank: Bool { values.count == 1 && values[0].range.isEmpty && !hasQuotes }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private var position: Int
    private var line = 1
    /// The number of values of the record before.
    private var width = 3

    /// Starts after a byte order mark, if there is one.
    init(_ bytes: Span<UInt8>) {
        position = bytes.markLength
    }

    /// The next record; nil at the end.
    mutating func next(in bytes: Span<UInt8>) throws(Bulk.Failure) -> Record? {
        guard position < bytes.count else { return nil }
        var record = Record(line: line)
        record.values.reserveCapacity(width)
        defer { width = record.values.count }
        while true {
            try field(in: bytes, &record)
            guard position < bytes.count else { return record }
            let separator = bytes[position]
            position += 1
            if separator == Self.lineFeed {
                line += 1
                return record
            }
        }
    }

    /// Scans a field, up to the comma or line feed that ends it, or to the end of the text.
    private mutating func field(in bytes: Span<UInt8>, _ record: inout Record) throws(Bulk.Failure) {
        let start = position
        guard position < bytes.count, bytes[position] == Self.quote else {
            try rest(in: bytes, opened: nil, &record)
            record.values.append(FieldValue(start..<endOfField(in: bytes, from: start), .plain))
            return
        }
        let opened = line
        record.hasQuotes = true
        let value = try quoted(in: bytes, record)
        record.values.append(value)
        let end = position
        try rest(in: bytes, opened: opened, &record)
        if endOfField(in: bytes, from: end) != end { record.wrongQuote = record.wrongQuote ?? opened }
    }

    /// Scans the rest of a field: unquoted bytes, and quoted parts that open within it.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - opened: The line of the quote at the start of the field; nil without one.
    ///   - record: The record of the field.
    /// - Throws: `Failure.malformed` if a quote is never closed or a CR is not followed by LF.
    private mutating func rest(
        in bytes: Span<UInt8>,
        opened: Int?,
        _ record: inout Record
    ) throws(Bulk.Failure) {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            // All special bytes are lower: most bytes take one comparison.
            case (Self.comma + 1)...: position += 1
            case Self.comma, Self.lineFeed: return
            case Self.quote:
                record.wrongQuote = record.wrongQuote ?? opened ?? line
                _ = try quoted(in: bytes, record)
            case Self.carriageReturn:
                guard position + 1 == bytes.count || bytes[position + 1] == Self.lineFeed else {
                    throw .malformed(Rejection(.body, .bareReturn), line: line)
                }
                position += 1
            default: position += 1
            }
        }
    }

    /// Scans a quoted part, from the opening quote at the position to after the closing one; returns the part between.
    ///
    /// - Throws: `Failure.malformed` if it is never closed, with the line of the first misplaced quote of the record if
    ///   there is one: an extra or missing quote swaps quoted with unquoted text from there on.
    private mutating func quoted(in bytes: Span<UInt8>, _ record: Record) throws(Bulk.Failure) -> FieldValue {
        let opened = line
        position += 1
        let start = position
        var isEscaped = false
        while position < bytes.count {
            if bytes[position] == Self.lineFeed { line += 1 }
            if bytes[position] == Self.quote {
                guard position + 1 < bytes.count, bytes[position + 1] == Self.quote else {
                    position += 1
                    return FieldValue(start..<position - 1, isEscaped ? .csv : .plain)
                }
                isEscaped = true
                position += 1
            }
            position += 1
        }
        throw .malformed(Rejection(.body, .openQuote), line: record.wrongQuote ?? opened)
    }

    /// The end of the field that was just scanned, before the CR of a CRLF.
    private func endOfField(in bytes: Span<UInt8>, from start: Int) -> Int {
        let endsLine = position == bytes.count || bytes[position] == Self.lineFeed
        let hasReturn = position > start && bytes[position - 1] == Self.carriageReturn
        return endsLine && hasReturn ? position - 1 : position
    }
}
