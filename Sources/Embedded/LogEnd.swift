import FoundationEssentials
import SystemPackage

/// The last lines of a log of PostgreSQL.
package struct LogEnd: Sendable, CustomStringConvertible {
    private static let lineCount = 10
    /// The most bytes to show of one log.
    private static let byteCount = 4096

    let path: FilePath
    let lines: [Substring]

    package var description: String { (["the end of \(path):"] + lines).joined(separator: "\n") }

    /// The ends of a log and of the newest log in a directory, if written to since a time.
    static func all(_ log: FilePath, in directory: FilePath, since start: Date) -> [LogEnd] {
        // No such directory: the logging collector has not run yet.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.string)) ?? []
        let collected = names.map { directory.appending($0) }.max { change($0) < change($1) }
        return [log, collected].compactMap(\.self).filter { change($0) >= start }.compactMap(LogEnd.init)
    }

    /// The modification time of a file; `.distantPast` if there is no such file.
    private static func change(_ path: FilePath) -> Date {
        // No such file.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path.string)
        return attributes?[.modificationDate] as? Date ?? .distantPast
    }

    private init?(_ path: FilePath) {
        // An unreadable log is left out of the message.
        guard let bytes = try? Data(contentsOf: URL(filePath: path.string), options: .mappedIfSafe) else { return nil }
        let text = String(decoding: bytes.suffix(Self.byteCount), as: UTF8.self)
        self.path = path
        lines = text.split(separator: "\n").suffix(Self.lineCount)
    }
}
