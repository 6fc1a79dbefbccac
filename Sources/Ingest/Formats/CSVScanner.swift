import Analytics

/// Goes over the records of a CSV text (RFC 4180): fields in quotes may hold commas, line breaks and doubled quotes, and
/// lines end with LF or CRLF.
///
/// Records are told apart as PostgreSQL's COPY does it: any quote opens, also one within a field, and nothing ends a
/// record until it is closed. A field that RFC 4180 does not allow costs its record only; a text whose records cannot be
/// told apart is malformed.
struct CSVScanner {
    struct Record {
        var values: [EventFields.Value] = []
        /// The line it begins on, counted from 1.
        let line: Int
        /// The line of the first quote that should not be where it is.
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

    /// Begins after a byte order mark, if there is one.
    init(_ bytes: Span<UInt8>) {
        position = bytes.markLength
    }

    /// The next record; nil at the end.
    mutating func next(in bytes: Span<UInt8>) throws(Bulk.Failure) -> Record? {
        guard position < bytes.count else { return nil }
        var record = Record(line: line)
        record.values.reserveCapacity(3)
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

    /// Reads to the comma or line feed that ends the field, or to the end of the text.
    private mutating func field(in bytes: Span<UInt8>, _ record: inout Record) throws(Bulk.Failure) {
        let start = position
        guard position < bytes.count, bytes[position] == Self.quote else {
            try rest(in: bytes, opened: nil, &record)
            record.values.append(EventFields.Value(start..<endOfField(in: bytes, from: start), .plain))
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

    /// Goes over what of a field is not in quotes, and over quotes that open within it.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - opened: The line of the quote that the field began with.
    ///   - record: The record of the field.
    /// - Throws: `Failure.malformed` when a quote is never closed or a CR ends no line.
    private mutating func rest(
        in bytes: Span<UInt8>,
        opened: Int?,
        _ record: inout Record
    ) throws(Bulk.Failure) {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            // All that matters lies below: most bytes take one comparison.
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

    /// Goes behind the quote that closes the one at the position; returns what is between them.
    ///
    /// - Throws: `Failure.malformed` when there is none, with the line where the trouble began: a quote left out or put in
    ///   too much further up swaps the inside of quotes with the outside.
    private mutating func quoted(in bytes: Span<UInt8>, _ record: Record) throws(Bulk.Failure) -> EventFields.Value {
        let opened = line
        position += 1
        let start = position
        var isEscaped = false
        while position < bytes.count {
            if bytes[position] == Self.lineFeed { line += 1 }
            if bytes[position] == Self.quote {
                guard position + 1 < bytes.count, bytes[position + 1] == Self.quote else {
                    position += 1
                    return EventFields.Value(start..<position - 1, isEscaped ? .csv : .plain)
                }
                isEscaped = true
                position += 1
            }
            position += 1
        }
        throw .malformed(Rejection(.body, .openQuote), line: record.wrongQuote ?? opened)
    }

    /// The end of the field that the scanner has just gone over: before the CR of a CRLF.
    private func endOfField(in bytes: Span<UInt8>, from start: Int) -> Int {
        let endsLine = position == bytes.count || bytes[position] == Self.lineFeed
        let hasReturn = position > start && bytes[position - 1] == Self.carriageReturn
        return endsLine && hasReturn ? position - 1 : position
    }
}
