import FoundationEssentials

/// The place of a server's HTTP interface.
struct Endpoint: Equatable, Sendable {
    let host: String
    let port: Int
    /// True for https.
    let isSecure: Bool
    /// The path before those of the interface: empty, or with a slash at the start and none at the end.
    let path: String

    /// - Throws: `TopFailure.invalid` for anything but `http://host` or `https://host`, with or without a port and a path.
    init(_ url: String) throws(TopFailure) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.encodedHost, !host.isEmpty, parts.user == nil,
            parts.query == nil, parts.fragment == nil
        else { throw .invalid(option: "url", reason: "must have the form http://host:port or https://host") }
        // `port` is nil for a number too large for an integer, though the URL has a port.
        let port = parts.port ?? (parts.rangeOfPort == nil ? Self.standardPort(scheme == "https") : 0)
        guard 1...65_535 ~= port else { throw .invalid(option: "url", reason: "must have a port from 1 to 65535") }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        self.port = port
        isSecure = scheme == "https"
        var path = Substring(parts.percentEncodedPath)
        while path.last == "/" { path.removeLast() }
        self.path = String(path)
    }

    /// The host and port as in a URL and in the `Host` header.
    var authority: String {
        (host.contains(":") ? "[\(host)]" : host) + (port == Self.standardPort(isSecure) ? "" : ":\(port)")
    }

    /// The address as people write it.
    var text: String { "\(isSecure ? "https" : "http")://\(authority)\(path)" }

    private static func standardPort(_ isSecure: Bool) -> Int { isSecure ? 443 : 80 }
}
