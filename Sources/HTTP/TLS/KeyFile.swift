import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// The file of a private key.
enum KeyFile {
    /// Checks that nobody reads the key but its owner and, of a file of root, its group: the rule of PostgreSQL.
    ///
    /// - Throws: `CertificateFailure`
    static func check(_ path: FilePath) throws(CertificateFailure) {
        var status = stat()
        // The name is passed for the duration of the call.
        guard unsafe stat(path.string, &status) == 0 else {
            throw .unreadable(path, reason: "\(Errno(rawValue: errno))")
        }
        let forbidden: mode_t = status.st_uid == 0 ? 0o037 : 0o077
        guard status.st_mode & forbidden == 0 else { throw .exposed(path) }
    }
}
