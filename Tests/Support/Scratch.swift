import Foundation
package import SystemPackage

/// Lends a path in a new temporary directory, which is removed afterwards.
package func withScratch<R>(_ body: (FilePath) async throws -> R) async throws -> R {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hourglass-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A leftover in the temporary directory does no harm.
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(FilePath(folder.path(percentEncoded: false)).appending("scratch"))
}
