// Version 1: a line such as `PROXY TCP4 192.0.2.1 198.51.100.1 56324 443`.
extension ProxyHeader {
    static let signature1 = Array("PROXY ".utf8)
    /// The most bytes of a line with its end.
    private static let longestLine = 107

    init?(version1 bytes: Span<UInt8>) throws(Malformed) {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
            guard bytes.count < Self.longestLine else { throw .malformed }
            return nil
        }
        guard end < Self.longestLine, bytes[end - 1] == UInt8(ascii: "\r"),
            let announced = Self.announced(bytes.extracting(Self.signature1.count..<end - 1))
        else { throw .malformed }
        self.init(announced, length: end + 1)
    }

    /// The content of a line between the signature and the end; nil if it is malformed.
    private static func announced(_ line: Span<UInt8>) -> Peer.Announced? {
        var fields: [Range<Int>] = []
        var start = 0
        while let blank = line.firstIndex(of: UInt8(ascii: " "), from: start) {
            fields.append(start..<blank)
            start = blank + 1
        }
        fields.append(start..<line.count)
        // Anything may follow this word.
        if line.extracting(fields[0]).equals("UNKNOWN") { return .nobody }
        let isV6 = line.extracting(fields[0]).equals("TCP6")
        guard isV6 || line.extracting(fields[0]).equals("TCP4"), fields.count == 5,
            let client = address(line.extracting(fields[1]), isV6: isV6),
            address(line.extracting(fields[2]), isV6: isV6) != nil,
            line.extracting(fields[3]).decimal(upTo: 65_535) != nil,
            line.extracting(fields[4]).decimal(upTo: 65_535) != nil
        else { return nil }
        return .client(client)
    }

    private static func address(_ text: Span<UInt8>, isV6: Bool) -> ClientAddress? {
        isV6 ? ClientAddress(parsingV6: text) : ClientAddress(parsingV4: text)
    }
}

extension Span<UInt8> {
    fileprivate func equals(_ word: String) -> Bool {
        count == word.utf8.count && word.utf8.enumerated().allSatisfy { self[$0.offset] == $0.element }
    }
}
