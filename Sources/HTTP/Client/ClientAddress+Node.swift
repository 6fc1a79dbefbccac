extension ClientAddress {
    private static let colon = UInt8(ascii: ":")

    /// Parses the name that a proxy gives a client or another proxy: an address, which a port may follow.
    ///
    /// With a port an IPv6 address stands in brackets, without one it may. The port may be hidden behind an underscore
    /// (RFC 7239, section 6.3).
    ///
    /// - Returns: nil for any other name, such as `unknown` or one that hides the address.
    init?(node bytes: Span<UInt8>) {
        if bytes.count > 0, bytes[0] == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")), bytes.isPort(from: end + 1) else { return nil }
            self.init(parsingV6: bytes.extracting(1..<end))
        } else if let colon = bytes.firstIndex(of: Self.colon), bytes.firstIndex(of: Self.colon, from: colon + 1) == nil
        {
            guard bytes.isPort(from: colon) else { return nil }
            self.init(parsingV4: bytes.extracting(..<colon))
        } else {
            self.init(parsing: bytes)
        }
    }
}

extension Span<UInt8> {
    /// True if the rest from an index on is empty, or a colon and a port.
    fileprivate func isPort(from index: Int) -> Bool {
        guard index < count else { return true }
        guard self[index] == UInt8(ascii: ":") else { return false }
        let port = extracting((index + 1)...)
        return port.decimal(upTo: 65_535) != nil || port.isHidden
    }

    private var isHidden: Bool {
        guard count > 1, self[0] == UInt8(ascii: "_") else { return false }
        for index in indices where !self[index].isLetterOrDigit && !"._-".utf8.contains(self[index]) { return false }
        return true
    }
}
