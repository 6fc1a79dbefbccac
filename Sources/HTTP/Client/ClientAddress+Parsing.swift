// Parsing as strict as that of `inet_pton`: no signs, blanks, zones, leading zeros or shortened IPv4 addresses.
extension ClientAddress {
    private static let colon = UInt8(ascii: ":")
    private static let dot = UInt8(ascii: ".")

    /// Parses an address; nil for any other text.
    package init?(_ text: String) { self.init(parsing: text.utf8.span) }

    /// Parses an address of either version.
    init?(parsing bytes: Span<UInt8>) {
        if bytes.firstIndex(of: Self.colon) != nil {
            self.init(parsingV6: bytes)
        } else {
            self.init(parsingV4: bytes)
        }
    }

    /// Parses an IPv4 address: four decimal numbers.
    init?(parsingV4 bytes: Span<UInt8>) {
        var bits: UInt32 = 0
        var start = 0
        for part in 0..<4 {
            let end = part < 3 ? bytes.firstIndex(of: Self.dot, from: start) : bytes.count
            guard let end, let number = bytes.extracting(start..<end).decimal(upTo: 255) else { return nil }
            bits = bits << 8 | UInt32(number)
            start = end + 1
        }
        self.init(v4: bits)
    }

    /// Parses an IPv6 address: eight groups, of which `::` may replace a run of zeros, and the last two of which may be
    /// written as an IPv4 address.
    init?(parsingV6 bytes: Span<UInt8>) {
        var groups = Groups()
        var index = 0
        if bytes.hasColons(at: 0) {
            groups.gap = 0
            index = 2
        }
        while index < bytes.count {
            let end = bytes.firstIndex(of: Self.colon, from: index) ?? bytes.count
            guard groups.append(bytes.extracting(index..<end), isLast: end == bytes.count) else { return nil }
            guard end < bytes.count else { break }
            index = end + 1
            if bytes.hasColons(at: end) {
                guard groups.gap == nil else { return nil }
                groups.gap = groups.count
                index += 1
            } else if index == bytes.count {
                return nil
            }
        }
        guard let bits = groups.bits else { return nil }
        self.init(bits: bits)
    }

    /// The groups of an IPv6 address that have been read.
    private struct Groups {
        private var read: UInt128 = 0
        private(set) var count = 0
        /// The number of groups before `::`.
        var gap: Int?

        /// Appends a group, or an IPv4 address as the last two; returns false if it is neither, or one too many.
        mutating func append(_ text: Span<UInt8>, isLast: Bool) -> Bool {
            if isLast, let v4 = ClientAddress(parsingV4: text)?.v4 { return append(UInt128(v4), width: 2) }
            guard (1...4).contains(text.count) else { return false }
            var group: UInt128 = 0
            for index in text.indices {
                guard let digit = text[index].hexadecimalDigit else { return false }
                group = group << 4 | UInt128(digit)
            }
            return append(group, width: 1)
        }

        private mutating func append(_ bits: UInt128, width: Int) -> Bool {
            guard count + width <= 8 else { return false }
            read = read << (16 * width) | bits
            count += width
            return true
        }

        /// The bits of the whole address; nil unless there are eight groups, or fewer with `::`.
        var bits: UInt128? {
            guard let gap else { return count == 8 ? read : nil }
            guard count < 8 else { return nil }
            let behind = 16 * (count - gap)
            let low: UInt128 = read & ((1 << behind) - 1)
            return (read >> behind) << (128 - 16 * gap) | low
        }
    }
}

extension Span<UInt8> {
    /// True if there are two colons from an index on.
    fileprivate func hasColons(at index: Int) -> Bool {
        index + 1 < count && self[index] == UInt8(ascii: ":") && self[index + 1] == UInt8(ascii: ":")
    }
}
