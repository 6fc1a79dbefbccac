import NIOCore
import NIOSSL

/// TLS to a server whose certificate the machine trusts.
struct TransportSecurity: Sendable {
    /// The settings of all connections; reading the certificates of the machine takes a while.
    static let shared = Result { TransportSecurity(context: try NIOSSLContext(configuration: .clientDefault)) }

    private let context: NIOSSLContext
    /// The name that the certificate must have; nil for that of the address.
    private var name: String?

    private init(context: NIOSSLContext) { self.context = context }

    /// The same for a host.
    func named(_ host: String) -> TransportSecurity {
        var named = self
        // An address is no name that a client may send (RFC 6066, section 3).
        named.name = (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
        return named
    }

    /// A handler for a connection.
    func handler() throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: context, serverHostname: name)
    }
}
