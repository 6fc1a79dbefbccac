extension ClientAddress {
    /// The canonical text, as `inet_ntop` writes it: IPv6 in lower case, with `::` for the longest run of zeros.
    package var text: String {
        if let v4 { return Self.dotted(v4) }
        let groups = (0..<8).map { UInt16(bits >> (112 - 16 * $0) & 0xFFFF) }
        let zeros = Self.longestZeros(in: groups)
        guard zeros.count > 1 else { return Self.joined(groups[...]) }
        // The notation of IPv4-compatible addresses (RFC 4291, section 2.5.5.1).
        if zeros == 0..<6 { return "::" + Self.dotted(UInt32(bits & 0xFFFF_FFFF)) }
        return Self.joined(groups[..<zeros.lowerBound]) + "::" + Self.joined(groups[zeros.upperBound...])
    }

    private static func dotted(_ bits: UInt32) -> String {
        AddressPrefix.v4(bits).bytes.map { "\($0)" }.joined(separator: ".")
    }

    private static func joined(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }

    /// The first of the longest runs of zeros; empty if there is none.
    private static func longestZeros(in groups: [UInt16]) -> Range<Int> {
        var longest = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 { start = index + 1 }
            if index + 1 - start > longest.count { longest = start..<index + 1 }
        }
        return longest
    }
}
