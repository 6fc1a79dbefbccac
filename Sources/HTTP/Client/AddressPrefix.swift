/// The part of a client's address that it cannot choose: the whole IPv4 address, or the 64 bits of an IPv6 network.
package enum AddressPrefix: Hashable, Sendable {
    case v4(UInt32)
    case v6(UInt64)

    /// The bytes in network order: 4 of IPv4, 8 of IPv6.
    package var bytes: [UInt8] {
        switch self {
        case .v4(let bits): Self.bytes(of: UInt64(bits), count: 4)
        case .v6(let bits): Self.bytes(of: bits, count: 8)
        }
    }

    private static func bytes(of bits: UInt64, count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(bits >> ($0 * 8) & 0xFF) }
    }
}
