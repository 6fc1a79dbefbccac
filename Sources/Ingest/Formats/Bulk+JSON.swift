import Analytics

extension Bulk {
    /// One JSON object a line.
    ///
    /// A line that is none is rejected by itself; blank lines are skipped, and so is a byte order mark before any of the
    /// lines: files that begin with one are put together as they are. Several lines that end with CR alone are one that
    /// cannot be read; it makes the body malformed, because its events cannot be counted.
    mutating func readNDJSON(_ bytes: Span<UInt8>) throws(Failure) {
        var start = 0
        var line = 1
        while start < bytes.count, !isOverfull {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            start += bytes.extracting(start..<end).markLength
            var scanner = JSONScanner(position: start, end: end)
            if !scanner.isAtEnd(in: bytes) {
                do throws(Rejection) {
                    let fields = try scanner.only(in: bytes)
                    add(fields, in: bytes, line: line)
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

    /// One array of objects, which a byte order mark may precede.
    ///
    /// When it is not well-formed, nothing of it is taken.
    mutating func readJSONArray(_ bytes: Span<UInt8>) throws(Failure) {
        var scanner = JSONScanner(position: bytes.markLength, end: bytes.count)
        var element = 1
        do throws(Rejection) {
            guard var more = try scanner.beginArray(in: bytes) else { throw Rejection(.body, .malformedJSON) }
            while more {
                if let fields = try scanner.fields(in: bytes) {
                    add(fields, in: bytes, line: element)
                } else {
                    reject(Rejection(.body, .notObject), line: element)
                }
                element += 1
                if isOverfull { return }
                more = try scanner.nextElement(in: bytes)
            }
            guard scanner.isAtEnd(in: bytes) else { throw Rejection(.body, .malformedJSON) }
        } catch {
            throw .malformed(error, line: element)
        }
    }
}

extension Span<UInt8> {
    /// True if there is a CR in this line before its last byte.
    fileprivate var hasBareReturn: Bool {
        for index in indices.dropLast() where self[index] == UInt8(ascii: "\r") { return true }
        return false
    }
}
