import FoundationEssentials

/// The server that traffic is made for.
struct Target: Equatable, Sendable {
    let host: String
    let port: Int
    /// The path before those of the API: empty, or with a slash at the start and none at the end.
    let path: String

    init(_ url: String) throws(LoadError) {
        let parts = URLComponents(string: url)
        guard parts?.scheme?.lowercased() != "https" else {
            // One thread makes the traffic: encrypting it would measure this machine more than the server.
            let reason = "must begin with http://, since load speaks no TLS"
            throw .invalid(option: "url", reason: "\(reason): name the server behind its proxy, or one without it")
        }
        guard let parts, parts.scheme?.lowercased() == "http" else {
            throw .invalid(option: "url", reason: "must begin with http://")
        }
        guard let host = parts.encodedHost, !host.isEmpty, parts.user == nil, parts.query == nil,
            parts.fragment == nil
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

    /// The URL of a site's counts for an instant.
    func url(asking timestamp: Int, of site: Site) -> String {
        "http://\(authority)\(path)/analytics\(site.query)timestamp=\(timestamp)"
    }
}
