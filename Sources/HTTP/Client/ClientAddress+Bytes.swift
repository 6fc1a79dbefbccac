extension ClientAddress {
    /// The bytes in network order: 4 of IPv4, 16 of IPv6.
    package var bytes: [UInt8] {
        if let v4 { return AddressPrefix.v4(v4).bytes }
        return (0..<16).reversed().map { UInt8(bits >> ($0 * 8) & 0xFF) }
    }
}
