// Version 2: a signature, two bytes of kinds, the length of the rest in two bytes, the addresses, and extensions.
extension ProxyHeader {
    static let signature2: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]
    /// The bytes before the addresses.
    private static let start = 16

    /// The kinds of addresses.
    private enum Family: UInt8 {
        case unspecified = 0x00
        case tcp4 = 0x11
        case udp4 = 0x12
        case tcp6 = 0x21
        case udp6 = 0x22
        case unixStream = 0x31
        case unixDatagram = 0x32

        /// The bytes of both addresses and ports.
        var length: Int {
            switch self {
            case .unspecified: 0
            case .tcp4, .udp4: 12
            case .tcp6, .udp6: 36
            case .unixStream, .unixDatagram: 216
            }
        }
    }

    init?(version2 bytes: Span<UInt8>) throws(Malformed) {
        guard bytes.count >= Self.start else { return nil }
        let rest = Int(bytes[14]) << 8 | Int(bytes[15])
        let length = Self.start + rest
        guard length <= Self.limit else { throw .tooLong }
        switch bytes[12] {
        case 0x20:
            // The proxy speaks for itself; the kind of addresses means nothing.
            guard bytes.count >= length else { return nil }
            self.init(.nobody, length: length)
        case 0x21:
            guard let family = Family(rawValue: bytes[13]), rest >= family.length else { throw .malformed }
            guard bytes.count >= length else { return nil }
            self.init(Self.announced(bytes, family), length: length)
        default: throw .malformed
        }
    }

    private static func announced(_ bytes: Span<UInt8>, _ family: Family) -> Peer.Announced {
        switch family {
        case .unspecified, .unixStream, .unixDatagram: .nobody
        case .tcp4, .udp4: .client(address(0xFFFF, bytes.extracting(start..<start + 4)))
        case .tcp6, .udp6: .client(address(0, bytes.extracting(start..<start + 16)))
        }
    }

    /// The address whose last bits are some bytes.
    private static func address(_ before: UInt128, _ bytes: Span<UInt8>) -> ClientAddress {
        var bits = before
        for index in bytes.indices { bits = bits << 8 | UInt128(bytes[index]) }
        return ClientAddress(bits: bits)
    }
}
