import Foundation
import Support
import SystemPackage
import Testing

/// A file system of a few megabytes in memory, which can be filled completely.
struct SmallDisk {
    let directory: FilePath
    private var filling: FilePath { directory.appending("filling") }

    /// Lends a mounted file system; cancels the test if the process may not mount one.
    static func with(megabytes: Int, _ body: (SmallDisk) async throws -> Void) async throws {
        let directory = FilePath("/tmp/hourglass-disk-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(atPath: directory.string, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory.string) }
        do {
            let options = "size=\(megabytes)m,mode=700,uid=postgres"
            try await Command.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.string])
        } catch let failure as Command.Failure {
            try Test.cancel("a small file system cannot be mounted here: \(failure.output)")
        }
        do {
            try await body(SmallDisk(directory: directory))
        } catch {
            await unmount(directory)
            throw error
        }
        await unmount(directory)
    }

    private static func unmount(_ directory: FilePath) async {
        // A lazy unmount: after a failure a process that is about to end may still use it.
        _ = try? await Command.run(["umount", "-l", directory.string])
    }

    /// Fills all free space; may be called again when space has been freed.
    func fill() throws {
        let file = try FileDescriptor.open(
            filling,
            .writeOnly,
            options: [.create, .append],
            permissions: .ownerReadWrite
        )
        let zeros = [UInt8](repeating: 0, count: 4_096)
        try file.closeAfter {
            do {
                while true { _ = try file.writeAll(zeros) }
            } catch Errno.noSpace {
                return
            }
        }
    }

    /// Frees the space.
    func free() throws {
        try FileManager.default.removeItem(atPath: filling.string)
    }
}
