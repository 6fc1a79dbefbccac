import Foundation
import SystemPackage
import Testing

/// A preloaded library that replaces functions of the C library, controlled by a number in a file.
struct Preload {
    private let library: FilePath
    private let number: FilePath

    /// Builds the library.
    ///
    /// - Parameters:
    ///   - source: Its source in C, which includes `number.h`.
    ///   - name: The base name of its files.
    ///   - directory: The directory for them.
    /// - Throws: A cancellation of the test if there is no C compiler.
    init(_ source: [UInt8], name: String, in directory: FilePath) async throws {
        library = directory.appending("\(name).so")
        number = directory.appending("\(name).number")
        let file = directory.appending("\(name).c").string
        try Data(source).write(to: URL(filePath: file))
        try Data(PackageResources.number_h).write(to: URL(filePath: directory.appending("number.h").string))
        try set(0)
        do {
            // clang is part of the Swift toolchain.
            try await Command.run(["clang", "-shared", "-fPIC", "-O1", "-o", library.string, file])
        } catch let failure as Command.Failure {
            try Test.cancel("\(name) cannot be built here: \(failure.output)")
        }
    }

    /// The command prefix that starts a program with the library.
    var prefix: [String] { ["env", "LD_PRELOAD=\(library)", "PRELOAD_NUMBER=\(number)"] }

    /// Changes the number.
    func set(_ value: Int) throws {
        // Overwritten in place, because the process has mapped the file into its memory.
        let file = try FileDescriptor.open(number, .writeOnly, options: .create, permissions: .ownerReadWrite)
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        try file.closeAfter { _ = try file.writeAll(toAbsoluteOffset: 0, bytes) }
    }
}
