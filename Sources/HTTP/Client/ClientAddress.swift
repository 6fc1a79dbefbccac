/// The IP address of a client or of a proxy.
///
/// An IPv4-mapped IPv6 address is the IPv4 address (RFC 4291, section 2.5.5.2): that is what a socket for both versions
/// calls an IPv4 client.
package struct ClientAddress: Hashable, Sendable {
    /// The bits of an IPv6 address; those of an IPv4 address are mapped.
    let bits: UInt128

    init(bits: UInt128) { self.bits = bits }

    init(v4 bits: UInt32) { self.init(bits: 0xFFFF << 32 | UInt128(bits)) }

    var isV4: Bool { bits >> 32 == 0xFFFF }

    /// The bits of an IPv4 address; nil for IPv6.
    var v4: UInt32? { isV4 ? UInt32(bits & 0xFFFF_FFFF) : nil }

    /// The part that the client cannot choose, by which it is counted.
    package var prefix: AddressPrefix { v4.map(AddressPrefix.v4) ?? .v6(UInt64(bits >> 64)) }
}
