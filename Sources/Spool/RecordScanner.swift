import Analytics

/// Finds the records in bytes of a segment.
struct RecordScanner {
    enum Finding {
        case record(Record, end: Int)
        /// The bytes up to `end` are not a record, or a damaged one.
        case damage(end: Int)
        /// A record of a layout that this program does not know.
        case unknown(StoredLayout.Unknown)
        /// The bytes end within a head or a record of this length.
        case incomplete(length: Int)
        case end
    }

    let bytes: [UInt8]
    private(set) var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> Finding {
        let finding = find()
        switch finding {
        case .record(_, let end), .damage(let end): index = end
        case .unknown, .incomplete, .end: break
        }
        return finding
    }

    private func find() -> Finding {
        let left = bytes.span.extracting(index..<bytes.count)
        guard !left.isEmpty else { return .end }
        guard left.count >= Record.headCount else { return .incomplete(length: Record.headCount) }
        guard let head = Record.head(left) else { return .damage(end: nextHead) }
        guard head.layout <= StoredLayout.current else { return .unknown(StoredLayout.Unknown(layout: head.layout)) }
        let end = index + head.length
        guard head.length <= left.count else { return .incomplete(length: head.length) }
        guard let record = Record(left.extracting(0..<head.length), layout: head.layout) else {
            return .damage(end: end)
        }
        return .record(record, end: end)
    }

    /// The index of the next valid head, or of the bytes at the end that are too few for one.
    private var nextHead: Int {
        var place = index + 1
        while place + Record.headCount <= bytes.count {
            if bytes[place] == Record.firstByte,
                Record.head(bytes.span.extracting(place..<(place + Record.headCount))) != nil
            {
                return place
            }
            place += 1
        }
        return place
    }
}
