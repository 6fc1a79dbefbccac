import Foundation
import SystemPackage
import Testing

/// Lends the path of a data directory that does not exist yet, and removes it afterwards.
func withDataDirectory(_ body: (FilePath) async throws -> Void) async throws {
    let path = "/tmp/hourglass-\(UUID().uuidString.prefix(8))"
    // A leftover does no harm.
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await body(FilePath(path))
}

/// Expects that no PostgreSQL runs on a data directory.
func expectStopped(_ directory: FilePath) {
    #expect(!FileManager.default.fileExists(atPath: "\(directory)/postgres/postmaster.pid"))
}
