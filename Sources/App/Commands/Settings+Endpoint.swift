import Assembly
import HTTP
import Server
import SystemPackage
import Terminal

extension Settings {
    /// The way by which this machine reaches a server with these settings: a Unix socket, or the host and the port.
    ///
    /// - Parameter trust: The rule for its certificate.
    /// - Returns: The way; nil if the port is any free one.
    func endpoint(trusting trust: CertificateTrust) -> Endpoint? {
        let http = server.http
        guard http.socket != nil || http.port != 0 else { return nil }
        return Endpoint(
            host: http.socket != nil ? "localhost" : Self.reachable(http.host),
            port: http.port,
            socket: http.socket?.path.string,
            isSecure: hasCertificate,
            trust: trust,
            isProxied: http.clients.expectsProxyHeader
        )
    }

    /// The rule by which a command knows the server with these settings: its certificate has the name of the public
    /// address, and this machine is asked by its own, so the certificate itself is compared.
    var ownTrust: CertificateTrust { certificateChain.map { .file($0.string) } ?? .any }

    /// The host to connect to, for one to listen on.
    private static func reachable(_ host: String) -> String {
        // A socket for all addresses of IPv6 takes those of IPv4 too.
        host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host
    }
}
