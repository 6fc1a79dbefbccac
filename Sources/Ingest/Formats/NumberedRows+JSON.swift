import Analytics

extension NumberedRows {
    /// Reads one JSON object per line.
    ///
    /// An invalid line is rejected on its own. Blank lines are skipped, and so is a byte order mark before any line, since
    /// concatenated files may each begin with one. A bare CR within an invalid line makes the body malformed: it may
    /// separate several lines, whose rows cannot be counted.
    mutating func readNDJSON<Fields: RecordFields>(
        _ bytes: Span<UInt8>,
        limit: Int,
        _ reading: Reading<Fields>
    ) throws(Bulk.Failure) {
        var start = 0
        var line = 1
        while start < bytes.count, rows.count <= limit {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            start += bytes.extracting(start..<end).markLength
            var scanner = JSONScanner(position: start, end: end)
            if !scanner.isAtEnd(in: bytes) {
                do throws(Rejection) {
                    add(try scanner.only(in: bytes), in: bytes, line: line, reading)
                } catch {
                    guard !bytes.extracting(start..<end).hasBareReturn else {
                        throw .malformed(Rejection(.body, .bareReturn), line: line)
                    }
                    reject(error, line: line)
                }
            }
            start = end + 1
            line += 1
        }
    }

    /// Reads one array of objects, after an optional byte order mark; if it is malformed, nothing is taken.
    mutating func readJSONArray<Fields: RecordFields>(
        _ bytes: Span<UInt8>,
        limit: Int,
        _ reading: Reading<Fields>
    ) throws(Bulk.Failure) {
        var scanner = JSONScanner(position: bytes.markLength, end: bytes.count)
        var element = 1
        do throws(Rejection) {
            guard var more = try scanner.beginArray(in: bytes) else { throw Rejection(.body, .malformedJSON) }
            while more {
                if let fields: Fields = try scanner.fields(in: bytes) {
                    add(fields, in: bytes, line: element, reading)
                } else {
                    reject(Rejection(.body, .notObject), line: element)
                }
                element += 1
                if rows.count > limit { return }
                more = try scanner.nextElement(in: bytes)
            }
            guard scanner.isAtEnd(in: bytes) else { throw Rejection(.body, .malformedJSON) }
        } catch {
            throw .malformed(error, line: element)
        }
    }
}

extension Span<UInt8> {
    /// True if the line has a CR before its last byte.
    fileprivate var hasBareReturn: Bool {
        for index in indices.dropLast() where self[index] == UInt8(ascii: "\r") { return true }
        return false
    }
}
