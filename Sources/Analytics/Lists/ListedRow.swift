/// An element of a list.
package struct ListedRow: Hashable, Sendable {
    /// A value of an element.
    package enum Value: Hashable, Sendable {
        case text(String)
        case number(Int)
        case flag(Bool)
        /// A number or an object as JSON.
        case json(String)
    }

    /// The values in the order of the columns of the list's kind; nil for none.
    package let values: [Value?]
    /// The place behind the element.
    package let cursor: ListCursor

    package init(values: [Value?], cursor: ListCursor) {
        self.values = values
        self.cursor = cursor
    }
}

extension ListedRow {
    /// A number that is equal for equal values, and the same in all processes (FNV-1a).
    package static func digest(of values: [Value?]) -> UInt64 {
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ byte: UInt8) { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        for value in values {
            switch value {
            case nil: add(0)
            case .number(let number): for byte in "\(number)".utf8 { add(byte) }
            case .flag(let flag): add(flag ? 2 : 1)
            case .text(let text), .json(let text): for byte in text.utf8 { add(byte) }
            }
            // No text has this byte.
            add(0xff)
        }
        return digest
    }

    /// The elements of one time in their order, each with its place.
    package static func ordered(_ elements: [[Value?]], at time: Timestamp) -> [ListedRow] {
        let digested = elements.map { (digest: digest(of: $0), values: $0) }.sorted { $0.digest < $1.digest }
        var rows: [ListedRow] = []
        var count = 0
        for (digest, values) in digested {
            count = rows.last?.cursor.digest == digest ? count + 1 : 1
            rows.append(ListedRow(values: values, cursor: ListCursor(time: time, digest: digest, count: count)))
        }
        return rows
    }

    /// True if the element comes behind a place.
    package func isBehind(_ place: ListCursor) -> Bool {
        if cursor.time != place.time { return cursor.time > place.time }
        if cursor.digest != place.digest { return cursor.digest > place.digest }
        return cursor.count > place.count
    }
}
