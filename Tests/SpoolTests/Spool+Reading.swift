import Analytics
import Foundation
import SystemPackage

@testable import Spool

extension Spool {
    /// All batches from a position on, each with a number of parts at most.
    func groups(from place: SpoolPosition = SpoolPosition(record: 0), limit: Int = 10_000) throws -> [SpoolBatch] {
        var groups: [SpoolBatch] = []
        var place = place
        while let group = try next(from: place, limit: limit) {
            groups.append(group)
            place = group.to
        }
        return groups
    }

    /// The users of all events, in order.
    func users(limit: Int = 10_000) throws -> [String] {
        try groups(limit: limit).flatMap(\.batch.entries).flatMap(\.events).map(\.user.text)
    }
}

/// The files that hold records, in order.
func segmentFiles(in directory: FilePath) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: URL(filePath: directory.string), includingPropertiesForKeys: nil)
        .filter { $0.pathExtension == "spool" }.sorted { $0.path < $1.path }
}
