import FoundationEssentials

/// The place of a server's HTTP interface.
struct Endpoint: Equatable, Sendable {
    let host: String
    let port: Int
    /// The path before those of the interface: empty, or with a slash at the start and none at the end.
    let path: String

    /// - Throws: `TopFailure.invalid` for anything but `http://host`, with or without a port and a path.
    init(_ url: String) throws(TopFailure) {
        guard let parts = URLComponents(string: url), parts.scheme?.lowercased() == "http",
            let host = parts.encodedHost, !host.isEmpty, parts.user == nil, parts.query == nil, parts.fragment == nil
        else { throw .invalid(option: "url", reason: "must have the form http://host:port") }
        // `port` is nil for a number too large for an integer, though the URL has a port.
        let port = parts.port ?? (parts.rangeOfPort == nil ? 80 : 0)
        guard 1...65_535 ~= port else { throw .invalid(option: "url", reason: "must have a port from 1 to 65535") }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        self.port = port
        var path = Substring(parts.percentEncodedPath)
        while path.last == "/" { path.removeLast() }
        self.path = String(path)
    }

    /// The host and port as in a URL and in the `Host` header.
    var authority: String {
        (host.contains(":") ? "[\(host)]" : host) + (port == 80 ? "" : ":\(port)")
    }

    /// The address as people write it.
    var text: String { "http://\(authority)\(path)" }
}
