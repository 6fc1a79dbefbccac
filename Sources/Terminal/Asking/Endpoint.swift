import FoundationEssentials

/// The place of a server's HTTP interface.
package struct Endpoint: Equatable, Sendable {
    let host: String
    let port: Int
    /// The path of the Unix socket to connect to, in place of the host and the port; nil for none.
    let socket: String?
    /// True for https.
    let isSecure: Bool
    let trust: CertificateTrust
    /// True to begin as a proxy does that asks for itself, with `PROXY UNKNOWN`.
    let isProxied: Bool
    /// The path before those of the interface: empty, or with a slash at the start and none at the end.
    let path: String

    /// A server of a user's choice.
    ///
    /// - Parameters:
    ///   - url: `http://host` or `https://host`, with or without a port and a path, or `unix:` with the path of a socket.
    ///   - certificate: The file of the server's certificate; nil if this machine trusts it.
    /// - Throws: `TopFailure.invalid`
    init(_ url: String, certificate: String? = nil) throws(TopFailure) {
        guard !url.lowercased().hasPrefix("unix:") else {
            let path = String(url.dropFirst(5))
            guard path.hasPrefix("/") else {
                throw .invalid(option: "url", reason: "must name a socket by its whole path, such as unix:/run/h.sock")
            }
            self.init(socket: path, isSecure: certificate != nil, trust: certificate.map(CertificateTrust.file) ?? .any)
            return
        }
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.encodedHost, !host.isEmpty, parts.user == nil,
            parts.query == nil, parts.fragment == nil
        else {
            throw .invalid(option: "url", reason: "must have the form http://host:port, https://host or unix:/path")
        }
        guard certificate == nil || scheme == "https" else {
            throw .invalid(option: "certificate", reason: "needs a --url with https")
        }
        // `port` is nil for a number too large for an integer, though the URL has a port.
        let port = parts.port ?? (parts.rangeOfPort == nil ? Self.standardPort(scheme == "https") : 0)
        guard 1...65_535 ~= port else { throw .invalid(option: "url", reason: "must have a port from 1 to 65535") }
        var path = Substring(parts.percentEncodedPath)
        while path.last == "/" { path.removeLast() }
        self.init(
            host: host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host,
            port: port,
            isSecure: scheme == "https",
            trust: certificate.map(CertificateTrust.file) ?? .machine,
            path: String(path)
        )
    }

    /// A server that is known by its settings.
    ///
    /// - Parameters:
    ///   - host: The host without brackets.
    ///   - port: The port.
    ///   - socket: The path of its Unix socket, which takes the place of both; nil for none.
    ///   - isSecure: True for TLS.
    ///   - trust: The rule for its certificate.
    ///   - isProxied: True if it takes connections of proxies alone, by the PROXY protocol.
    ///   - path: The path before those of the interface.
    package init(
        host: String = "localhost",
        port: Int = 80,
        socket: String? = nil,
        isSecure: Bool,
        trust: CertificateTrust,
        isProxied: Bool = false,
        path: String = ""
    ) {
        self.host = host
        self.port = port
        self.socket = socket
        self.isSecure = isSecure
        self.trust = trust
        self.isProxied = isProxied
        self.path = path
    }

    /// The host and port as in a URL and in the `Host` header.
    var authority: String {
        guard socket == nil else { return host }
        return (host.contains(":") ? "[\(host)]" : host) + (port == Self.standardPort(isSecure) ? "" : ":\(port)")
    }

    /// The address as people write it.
    package var text: String {
        socket.map { "unix:\($0)" } ?? "\(isSecure ? "https" : "http")://\(authority)\(path)"
    }

    /// True for a server on this machine, as far as its address tells.
    var isLocal: Bool { socket != nil || host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    private static func standardPort(_ isSecure: Bool) -> Int { isSecure ? 443 : 80 }
}
