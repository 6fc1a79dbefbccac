/// The binary form of rows in spools and between servers: the values of their columns, one row after another.
///
/// A row is a bit for each column (8 to a byte, the first one lowest; 1 if it has a value), and the values: times as 8
/// bytes (milliseconds since 1970), numbers as 2, 4 or 8 bytes, amounts as 8 bytes (millionths), texts as their length
/// (4 bytes) and their UTF-8, entries of dictionaries as the number of their texts (1 byte) and each text, with the
/// length 0xFFFFFFFF for a missing one. Numbers are big-endian.
package enum PackedRows {
    /// The times that a row may have, in milliseconds since 1970.
    static let times = -3_600_000...Timestamp.latest.milliseconds
    private static let missing = UInt32.max

    package static func append<Row: StoredRow>(_ rows: some Sequence<Row>, to bytes: inout [UInt8]) {
        for row in rows { append(row, to: &bytes) }
    }

    package static func append<Row: StoredRow>(_ row: Row, to bytes: inout [UInt8]) {
        let columns = Row.columns
        let bits = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: (columns.count + 7) / 8))
        for index in columns.indices {
            let value = columns[index].value(row)
            if case .null = value { continue }
            bytes[bits + index / 8] |= 1 << UInt8(index % 8)
            append(value, to: &bytes)
        }
    }

    private static func append(_ value: ColumnValue, to bytes: inout [UInt8]) {
        switch value {
        case .null: break
        case .time(let time): bytes.append(bigEndian: Int64(time.milliseconds))
        case .smallint(let number), .word(let number, _): bytes.append(bigEndian: number)
        case .integer(let number): bytes.append(bigEndian: number)
        case .bigint(let number): bytes.append(bigEndian: number)
        case .amount(let amount): bytes.append(bigEndian: Int64(amount.millionths))
        case .text(let text), .json(let text): append(text, to: &bytes)
        case .entry(let entry): append(entry.texts, to: &bytes)
        }
    }

    /// Appends the packed form of the texts of a dictionary's entry.
    package static func append(_ texts: [String?], to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: texts.count))
        for text in texts {
            if let text { append(text, to: &bytes) } else { bytes.append(bigEndian: missing) }
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(bigEndian: UInt32(truncatingIfNeeded: text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// Reads rows of a layout.
    ///
    /// - Parameters:
    ///   - bytes: The packed rows.
    ///   - layout: The layout, from `StoredLayout.firstOfColumns` on.
    /// - Returns: The rows.
    /// - Throws: `MalformedRow`.
    package static func decode<Row: StoredRow>(
        _ bytes: Span<UInt8>,
        layout: UInt8
    ) throws(MalformedRow) -> [Row] {
        let columns = Row.columns.filter { $0.since <= layout }
        var cursor = ByteCursor()
        var rows: [Row] = []
        while cursor.index < bytes.count {
            let bits = try cursor.take((columns.count + 7) / 8, of: bytes)
            var row = Row.blank
            for (index, column) in columns.enumerated() {
                let isThere = bytes[bits.lowerBound + index / 8] & 1 << UInt8(index % 8) != 0
                try column.set(&row, isThere ? try value(column.kind, &cursor, bytes) : .null)
            }
            rows.append(row)
        }
        return rows
    }

    private static func value<Row>(
        _ kind: Column<Row>.Kind,
        _ cursor: inout ByteCursor,
        _ bytes: Span<UInt8>
    ) throws(MalformedRow) -> ColumnValue {
        switch kind {
        case .time:
            let time = Int(try cursor.integer(Int64.self, of: bytes))
            guard times.contains(time) else { throw MalformedRow() }
            return .time(Timestamp(milliseconds: time))
        case .smallint: return .smallint(try cursor.integer(Int16.self, of: bytes))
        case .integer: return .integer(try cursor.integer(Int32.self, of: bytes))
        case .bigint: return .bigint(try cursor.integer(Int64.self, of: bytes))
        case .amount:
            guard let amount = Amount(millionths: Int(try cursor.integer(Int64.self, of: bytes))) else {
                throw MalformedRow()
            }
            return .amount(amount)
        case .text: return .text(try text(Int(try cursor.integer(UInt32.self, of: bytes)), &cursor, bytes))
        case .json: return .json(try text(Int(try cursor.integer(UInt32.self, of: bytes)), &cursor, bytes))
        case .entry(let dictionary):
            guard let entry = DictionaryEntry(dictionary, texts: try texts(&cursor, bytes)) else {
                throw MalformedRow()
            }
            return .entry(entry)
        }
    }

    private static func texts(_ cursor: inout ByteCursor, _ bytes: Span<UInt8>) throws(MalformedRow) -> [String?] {
        var texts: [String?] = []
        for _ in 0..<(try cursor.integer(UInt8.self, of: bytes)) {
            let length = try cursor.integer(UInt32.self, of: bytes)
            texts.append(length == missing ? nil : try text(Int(length), &cursor, bytes))
        }
        return texts
    }

    private static func text(
        _ length: Int,
        _ cursor: inout ByteCursor,
        _ bytes: Span<UInt8>
    ) throws(MalformedRow) -> String {
        let range = try cursor.take(length, of: bytes)
        guard let text = try? UTF8Span(validating: bytes.extracting(range)) else { throw MalformedRow() }
        return String(copying: text)
    }
}
