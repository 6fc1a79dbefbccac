package import FoundationEssentials
import NIOSSL
import Synchronization
package import SystemPackage

/// The certificate chain of the server and its key, read from files, which may be replaced while it runs.
package final class ServerCertificate: Sendable {
    /// A pair that fits together.
    private struct Loaded: Sendable {
        let context: NIOSSLContext
        let expiry: Date
    }

    /// The rest of the validity, in seconds, below which the certificate should be renewed.
    private static let short: TimeInterval = 7 * 86_400

    private let chain: FilePath
    private let key: FilePath
    private let loaded: Mutex<Loaded>

    /// Reads both files.
    ///
    /// - Parameters:
    ///   - chain: The certificate of the server and those between it and a root, in this order, in PEM.
    ///   - key: The private key of the first, in PEM without a passphrase.
    /// - Throws: `CertificateFailure`
    package init(chain: FilePath, key: FilePath) throws(CertificateFailure) {
        self.chain = chain
        self.key = key
        loaded = Mutex(try Self.load(chain, key))
    }

    /// The end of the certificate's validity.
    package var expiry: Date { loaded.withLock { $0.expiry } }

    /// True if the certificate is valid for less than a week from now.
    package var endsSoon: Bool { expiry.timeIntervalSinceNow < Self.short }

    /// The context of new connections.
    var context: NIOSSLContext { loaded.withLock { $0.context } }

    /// Reads both files again, for new connections; after an error the former pair stays.
    ///
    /// - Throws: `CertificateFailure`
    package func reload() throws(CertificateFailure) {
        let new = try Self.load(chain, key)
        loaded.withLock { $0 = new }
    }

    private static func load(_ chain: FilePath, _ key: FilePath) throws(CertificateFailure) -> Loaded {
        try KeyFile.check(key)
        let (chainText, keyText) = (try contents(of: chain), try contents(of: key))
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(chainText), let first = certificates.first else {
            throw .noCertificate(chain)
        }
        guard let privateKey = try? NIOSSLPrivateKey(bytes: keyText, format: .pem) else { throw .noKey(key) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) },
            privateKey: .privateKey(privateKey)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        // The time for which a connection that ends waits for the end of the other side.
        configuration.shutdownTimeout = Deadlines.linger
        // Both are valid by themselves, so that only a pair that does not fit together is refused here.
        guard let context = try? NIOSSLContext(configuration: configuration) else {
            throw .mismatch(certificate: chain, key: key)
        }
        return Loaded(context: context, expiry: Date(timeIntervalSince1970: Double(first.notValidAfter)))
    }

    private static func contents(of path: FilePath) throws(CertificateFailure) -> [UInt8] {
        do {
            // The error of the system is shorter than that of Foundation.
            try FileDescriptor.open(path, .readOnly, options: .closeOnExec).close()
            return Array(try Data(contentsOf: URL(filePath: path.string)))
        } catch {
            throw .unreadable(path, reason: "\(error)")
        }
    }
}
