import FoundationEssentials
import SystemPackage

extension FilePath {
    /// Reads a path, which is taken from the working directory unless it is absolute.
    static func absolute(_ text: String) -> FilePath {
        let path = FilePath(text)
        return path.isAbsolute ? path : FilePath(FileManager.default.currentDirectoryPath).appending(path.components)
    }
}
