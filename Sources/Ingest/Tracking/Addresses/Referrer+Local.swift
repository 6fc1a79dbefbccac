extension Referrer {
    /// True for a host that only a private network knows: `localhost`, a name below it or below `local` or `internal`,
    /// or a private, loopback or link-local address.
    package var isLocal: Bool {
        guard !isApp else { return false }
        if name.utf8.contains(UInt8(ascii: ":")) { return isLocalIPv6 }
        let dot = name.utf8.lastIndex(of: UInt8(ascii: "."))
        let top = dot.map { name[name.utf8.index(after: $0)...] } ?? name[...]
        switch top {
        case "localhost", "local", "internal": return true
        default: return UInt8(top) != nil && isLocalIPv4
        }
    }

    private var isLocalIPv4: Bool {
        let numbers = name.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
        guard numbers.count == 4 else { return false }
        return switch (numbers[0], numbers[1]) {
        case (0, _), (10, _), (127, _), (169, 254), (172, 16...31), (192, 168): true
        default: false
        }
    }

    /// True for `::` and `::1`, and for `fc00::/7` and `fe80::/10`, whose first group has four digits.
    private var isLocalIPv6: Bool {
        if name == "::" || name == "::1" { return true }
        let group = name.prefix { $0 != ":" }
        return group.utf8.count == 4 && ["fc", "fd", "fe8", "fe9", "fea", "feb"].contains { group.hasPrefix($0) }
    }
}
