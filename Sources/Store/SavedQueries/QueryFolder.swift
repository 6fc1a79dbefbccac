import Analytics
import FoundationEssentials
import SystemPackage

/// The folder of people's own questions: `public/*.sql` and `private/*.sql`.
struct QueryFolder: Sendable {
    /// A file, whose name is that of a query.
    struct File: Hashable, Sendable {
        let audience: SavedQuery.Audience
        let name: String
        let text: String
    }

    /// The most files of an audience; others are left out, in the order of their names.
    private static let mostFiles = 500
    /// The largest file, in bytes; of a larger one nothing is read.
    private static let largestFile = 200_000

    let path: FilePath

    /// The files that there are now.
    ///
    /// - Throws: The error of a folder that cannot be read; a missing one has no files.
    func files() throws -> [File] {
        try SavedQuery.Audience.allCases.flatMap { audience in
            let folder = path.appending(audience.rawValue).string
            guard FileManager.default.fileExists(atPath: folder) else { return [File]() }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().compactMap { name in
                name.hasSuffix(".sql") ? String(name.dropLast(4)) : nil
            }
            return names.filter(SavedQuery.isName).prefix(Self.mostFiles).map { name in
                File(audience: audience, name: name, text: Self.text(of: "\(folder)/\(name).sql"))
            }
        }
    }

    /// The text of a file; a comment that names the reason where it cannot be read.
    private static func text(of path: String) -> String {
        // A file that is gone since is not in the next list.
        guard let text = try? read(FilePath(path)) else {
            return "-- not a readable file of UTF-8 with at most \(largestFile) bytes"
        }
        return text
    }

    /// The text of a file; nil if it is too large, or no text.
    private static func read(_ path: FilePath) throws -> String? {
        let file = try FileDescriptor.open(path, .readOnly)
        let isSmall = try file.closeAfter { try file.seek(offset: 0, from: .end) <= Int64(largestFile) }
        guard isSmall else { return nil }
        return String(validating: try Data(contentsOf: URL(filePath: path.string)), as: UTF8.self)
    }
}
