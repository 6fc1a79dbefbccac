import Foundation
import SystemPackage
import Testing

/// A clock that goes wrong, for a process that is started with it.
///
/// Only the time of day: what the system counts since its start cannot jump.
struct FakeClock {
    private let directory: FilePath

    private var library: FilePath { directory.appending("clock.so") }
    private var offset: FilePath { directory.appending("offset") }

    /// - Parameter directory: Has room for its files.
    /// - Throws: A cancellation of the test where there is no C compiler.
    init(in directory: FilePath) async throws {
        self.directory = directory
        let source = directory.appending("clock.c").string
        try Data(PackageResources.clock_c).write(to: URL(filePath: source))
        try jump(to: 0)
        do {
            // It comes with Swift.
            try await Command.run(["clang", "-shared", "-fPIC", "-O1", "-o", library.string, source])
        } catch let failure as Command.Failure {
            try Test.cancel("the clock cannot be built here: \(failure.output)")
        }
    }

    /// What a program is started by.
    var prefix: [String] { ["env", "LD_PRELOAD=\(library)", "CLOCK_OFFSET=\(offset)"] }

    /// Puts the clock so many seconds before or behind the right time.
    func jump(to seconds: Int) throws {
        // The file stays the same one, for the process looks at it through its memory.
        let file = try FileDescriptor.open(offset, .writeOnly, options: .create, permissions: .ownerReadWrite)
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: seconds >> ($0 * 8)) }
        try file.closeAfter { _ = try file.writeAll(toAbsoluteOffset: 0, bytes) }
    }
}
