import NIOCore
import NIOSSL

/// TLS to a server, with the rule by which its certificate is trusted.
struct TransportSecurity: Sendable {
    /// The settings for the certificates that the machine trusts; reading them takes a while.
    private static let machine = Result { try NIOSSLContext(configuration: .clientDefault) }

    private let context: NIOSSLContext
    /// The name that the certificate must have; nil for that of the address.
    private let name: String?
    /// The only certificate that is trusted; nil for those of the settings.
    private let certificate: NIOSSLCertificate?

    /// - Parameter endpoint: The server.
    /// - Throws: An error of the settings, or of the file of the certificate.
    init(_ endpoint: Endpoint) throws {
        switch endpoint.trust {
        case .machine:
            context = try Self.machine.get()
            // An address is no name that a client may send (RFC 6066, section 3).
            let isName = (try? SocketAddress(ipAddress: endpoint.host, port: 0)) == nil
            (name, certificate) = (isName ? endpoint.host : nil, nil)
        case .file(let path):
            guard let first = try? NIOSSLCertificate.fromPEMFile(path).first else {
                throw APIClient.Failure.noCertificate(path)
            }
            context = try Self.context(.noHostnameVerification, roots: [first])
            (name, certificate) = (nil, first)
        case .any:
            context = try Self.context(.none, roots: [])
            (name, certificate) = (nil, nil)
        }
    }

    /// A handler for a connection.
    func handler() throws -> NIOSSLClientHandler {
        guard let certificate else { return try NIOSSLClientHandler(context: context, serverHostname: name) }
        return try NIOSSLClientHandler(context: context, serverHostname: name) { shown, promise in
            promise.succeed(shown.first == certificate ? .certificateVerified : .failed)
        }
    }

    private static func context(
        _ verification: CertificateVerification,
        roots: [NIOSSLCertificate]
    ) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = verification
        configuration.trustRoots = .certificates(roots)
        return try NIOSSLContext(configuration: configuration)
    }
}
