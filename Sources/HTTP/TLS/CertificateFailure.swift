package import SystemPackage

/// The reason that a certificate or its key cannot be used.
package enum CertificateFailure: Error, CustomStringConvertible {
    case unreadable(FilePath, reason: String)
    /// Others than the owner may read the key.
    case exposed(FilePath)
    /// The file has no certificate in PEM, or a malformed one.
    case noCertificate(FilePath)
    /// The file has no private key in PEM, or one with a passphrase.
    case noKey(FilePath)
    /// The key is not that of the first certificate.
    case mismatch(certificate: FilePath, key: FilePath)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .exposed(let path):
            "\(path) can be read by others: a private key needs mode 0600, or 0640 if root owns it"
        case .noCertificate(let path): "\(path) has no certificate in PEM, or a malformed one"
        case .noKey(let path): "\(path) has no private key in PEM without a passphrase"
        case .mismatch(let certificate, let key):
            "the key in \(key) is not that of the first certificate in \(certificate)"
        }
    }
}
