/// The address by which browsers reach the server: a scheme, a host and perhaps a path, without a slash at its end.
package struct ServerAddress: Sendable {
    package let text: String
    /// The scheme and the host, as in a content security policy.
    package let origin: String
    /// The path below which proxies serve it, such as `/stats`; empty for none.
    package var path: String { String(text.dropFirst(origin.count)) }
    /// True for https.
    package var isSecure: Bool { text.hasPrefix("https://") }

    /// Parses an address of http or https; returns nil for another text.
    package init?(_ address: String) {
        let scheme = ["https://", "http://"].first { address.lowercased().hasPrefix($0) }
        let forbidden: [Character] = ["\"", "'", "<", ">", "&", "?", "#", "\\", ";", ",", "`", "$"]
        guard let scheme, address.allSatisfy({ $0.isASCII && $0 > " " && $0 != "\u{7F}" && !forbidden.contains($0) })
        else { return nil }
        var text = scheme + address.dropFirst(scheme.count)
        while text.last == "/" { text.removeLast() }
        let rest = text.dropFirst(scheme.count)
        let host = rest.prefix { $0 != "/" }
        guard text.count > scheme.count, !host.isEmpty else { return nil }
        self.text = text
        origin = scheme + host
    }
}
