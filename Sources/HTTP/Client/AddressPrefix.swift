/// The part of a client's address that it cannot choose: the whole IPv4 address, or the 64 bits of an IPv6 network.
package enum AddressPrefix: Hashable, Sendable {
    case v4(UInt32)
    case v6(UInt64)

    /// Parses an address in the notation of the operating system.
    package init?(_ text: String) {
        guard text.utf8.contains(UInt8(ascii: ":")) else {
            guard let groups = Self.groups(ofIPv4: text[...]) else { return nil }
            self = .v4(UInt32(groups[0]) << 16 | UInt32(groups[1]))
            return
        }
        guard let groups = Self.groups(ofIPv6: text), groups.count == 8 else { return nil }
        // An IPv4 client on a socket for both versions has an IPv4-mapped address (RFC 4291, section 2.5.5.2).
        if groups[..<6] == [0, 0, 0, 0, 0, 0xFFFF] {
            self = .v4(UInt32(groups[6]) << 16 | UInt32(groups[7]))
        } else {
            self = .v6(groups[..<4].reduce(0) { $0 << 16 | UInt64($1) })
        }
    }

    /// The groups of 16 bits of an IPv6 address, in which `::` may replace a run of zeros.
    private static func groups(ofIPv6 text: String) -> [UInt16]? {
        guard let gap = text.firstRange(of: "::") else { return groups(text[...]) }
        guard let before = groups(text[..<gap.lowerBound]), let after = groups(text[gap.upperBound...]),
            before.count + after.count < 8
        else { return nil }
        return before + Array(repeating: 0, count: 8 - before.count - after.count) + after
    }

    private static func groups(_ text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var groups: [UInt16] = []
        for part in text.split(separator: ":", omittingEmptySubsequences: false) {
            if part.utf8.contains(UInt8(ascii: ".")) {
                guard let pair = Self.groups(ofIPv4: part) else { return nil }
                groups += pair
            } else {
                guard let group = UInt16(part, radix: 16) else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func groups(ofIPv4 text: Substring) -> [UInt16]? {
        let bytes = text.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
        guard bytes.count == 4 else { return nil }
        return [UInt16(bytes[0]) << 8 | UInt16(bytes[1]), UInt16(bytes[2]) << 8 | UInt16(bytes[3])]
    }
}
