/// A rule for hosts: `example.com`, which covers `www.example.com` too, or `*.example.com`, which covers any below.
///
/// Lower case, without a port; names beyond ASCII in punycode.
package struct Hostname: Hashable, Sendable {
    package let text: String

    /// Checks a rule; nil if it is none.
    package init?(_ text: String) {
        let host = text.hasPrefix("*.") ? text.dropFirst(2) : text[...]
        guard Self.isHost(host) else { return nil }
        self.text = text
    }

    /// True if the rule covers a host in lower case.
    package func covers(_ host: String) -> Bool {
        if text.hasPrefix("*.") { return host.utf8.count >= text.utf8.count && host.hasSuffix(text.dropFirst()) }
        return host == text || (host.hasPrefix("www.") && host.dropFirst(4) == text)
    }

    /// The texts of all rules that cover a host in lower case, the most exact one first.
    package static func rules(covering host: String) -> [String] {
        var rules = [host]
        if host.hasPrefix("www.") { rules.append(String(host.dropFirst(4))) }
        var rest = host[...]
        while let point = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: point)...]
            rules.append("*.\(rest)")
        }
        return rules
    }

    /// True for labels of letters, digits, hyphens and underscores, separated by points, and for an IPv6 address in
    /// brackets.
    package static func isHost(_ host: Substring) -> Bool {
        guard (1...253).contains(host.utf8.count) else { return false }
        if host.first == "[" {
            let address = host.utf8.dropFirst().dropLast()
            // The shortest is `::`.
            return host.last == "]" && address.count { $0 == 0x3A } >= 2
                && address.allSatisfy { isHexadecimal($0) || $0 == 0x3A }
        }
        return host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.utf8.allSatisfy(isLabelByte)
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func isLabelByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
    }
}

extension Hostname: TextCodable {
    package static let kind = "a rule for hosts"
}
