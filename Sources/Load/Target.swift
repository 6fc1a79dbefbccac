import FoundationEssentials

/// The server that traffic is made for.
struct Target: Equatable, Sendable {
    let host: String
    let port: Int
    /// What comes before `/analytics`; empty, or begins with a slash and does not end with one.
    let path: String

    init(_ url: String) throws(LoadError) {
        guard let parts = URLComponents(string: url), parts.scheme?.lowercased() == "http" else {
            throw .invalid(option: "url", reason: "must begin with http://")
        }
        guard let host = parts.encodedHost, !host.isEmpty, parts.user == nil, parts.query == nil,
            parts.fragment == nil
        else { throw .invalid(option: "url", reason: "must have the form http://host:port") }
        // A port too large for an integer is no port to the parser, but it is there.
        let port = parts.port ?? (parts.rangeOfPort == nil ? 80 : 0)
        guard 1...65_535 ~= port else { throw .invalid(option: "url", reason: "must have a port from 1 to 65535") }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        self.port = port
        var path = Substring(parts.percentEncodedPath)
        while path.last == "/" { path.removeLast() }
        self.path = String(path)
    }

    /// The host as a header and a URL write it.
    var authority: String {
        (host.contains(":") ? "[\(host)]" : host) + (port == 80 ? "" : ":\(port)")
    }

    /// Where the counts for an instant are asked.
    func url(asking timestamp: Int) -> String {
        "http://\(authority)\(path)/analytics?timestamp=\(timestamp)"
    }
}
