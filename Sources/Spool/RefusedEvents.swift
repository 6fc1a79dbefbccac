import Analytics
import FoundationEssentials
import SystemPackage

/// The file of acknowledged events, hits and identities that the database then refused: NDJSON, which can be posted again
/// unchanged, those of another site than the standard one to that site.
///
/// Events are written here, with their position, before the spool's position moves behind them. So events at or behind
/// the position have not been left out yet: their lines are removed, and they are delivered again.
struct RefusedEvents: Sendable {
    private let path: FilePath

    init(in directory: FilePath) {
        path = directory.appending("refused.ndjson")
    }

    /// Appends the rows of a batch, and returns once they are synced to the disk.
    func append(_ batch: Batch, at position: SpoolPosition, _ rejection: Rejection) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        var lines: [Data] = []
        for entry in batch.entries {
            lines += try entry.events.map { try encoder.encode(RefusedRow($0, at: position, rejection)) }
            lines += try entry.hits.map { try encoder.encode(RefusedRow($0, at: position, rejection)) }
            lines += try entry.identities.map { try encoder.encode(RefusedRow($0, at: position, rejection)) }
        }
        let file = try FileDescriptor.open(
            path,
            .writeOnly,
            options: [.create, .append, .closeOnExec],
            permissions: .ownerReadWrite
        )
        try file.closeAfter {
            _ = try file.writeAll(lines.flatMap { $0 + [UInt8(ascii: "\n")] })
            try Segment.syncData(file)
        }
    }

    /// Removes the events from a position on, and an incomplete last line.
    func removeAll(from position: SpoolPosition) throws {
        guard FileManager.default.fileExists(atPath: path.string) else { return }
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path.string)))
        var kept = 0
        var start = 0
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            // A line without a position, as earlier releases wrote them, is behind the position and stays.
            let line = try? JSONDecoder().decode(Line.self, from: Data(bytes[start..<end]))
            if let own = line?.position, own >= position { break }
            start = end + 1
            kept = start
        }
        guard kept < bytes.count else { return }
        let file = try FileDescriptor.open(path, .readWrite, options: .closeOnExec)
        try file.closeAfter {
            try file.resize(to: Int64(kept))
            try Segment.syncData(file)
        }
    }

    /// The part of a line that tells the position of its event.
    private struct Line: Decodable {
        let record: Int?
        let part: Int?

        var position: SpoolPosition? { record.map { SpoolPosition(record: $0, part: part ?? 0) } }
    }
}
