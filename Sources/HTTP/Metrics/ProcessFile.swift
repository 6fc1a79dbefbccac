import FoundationEssentials

/// A file by which the kernel tells figures.
enum ProcessFile {
    /// The text of a file; nil if there is none.
    static func text(of path: String) -> String? {
        // No such file: not Linux.
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
    }
}
