import FoundationEssentials
import GeoIP
import SystemPackage

/// A record of the last download: a file beside the database, in which it is locked against other updates.
struct UpdateNote {
    /// The digest of the source.
    let source: String
    /// The header `Last-Modified` of the download.
    let lastModified: String
    /// The state of the database after it was put in place.
    let stamp: String

    init(source: String, lastModified: String, stamp: FileStamp) {
        self.source = source
        self.lastModified = lastModified
        self.stamp = stamp.description
    }

    /// Reads a note; nil if there is none.
    init?(_ path: FilePath) {
        // No such file: nothing has been downloaded yet.
        guard let text = try? String(contentsOf: URL(filePath: path.string), encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n").map(String.init)
        guard lines.count == 3 else { return nil }
        (source, lastModified, stamp) = (lines[0], lines[1], lines[2])
    }

    /// Writes the note over another one.
    func write(to file: FileDescriptor) throws {
        try file.resize(to: 0)
        _ = try file.writeAll(toAbsoluteOffset: 0, "\(source)\n\(lastModified)\n\(stamp)\n".utf8)
    }
}
