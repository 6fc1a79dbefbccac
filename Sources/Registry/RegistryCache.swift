import Files
import FoundationEssentials
package import SystemPackage

/// The file `registry.cache`, with which a server takes events while the database is away.
///
/// It holds secrets, so nobody but its owner may read it. A file that cannot be read counts as none.
package struct RegistryCache: Sendable {
    private let path: FilePath

    /// - Parameter directory: The directory of the spool.
    package init(in directory: FilePath) {
        path = directory.appending("registry.cache")
    }

    func read() -> RegistryDocument? {
        // No such file: the database has not been reached yet.
        guard let data = try? Data(contentsOf: URL(filePath: path.string)) else { return nil }
        return try? JSONDecoder().decode(RegistryDocument.self, from: data)
    }

    /// Replaces the file.
    ///
    /// - Throws: `Errno`
    func write(_ document: String) throws {
        try PrivateFile.write(document.utf8, to: path)
    }
}
