import Foundation
import SystemPackage
import Testing

/// A library that stands between a process and the system, and a number that tells it what to do.
struct Preload {
    private let library: FilePath
    private let number: FilePath

    /// Builds it.
    ///
    /// - Parameters:
    ///   - source: In C; it includes `number.h`.
    ///   - name: What its files are called.
    ///   - directory: Has room for them.
    /// - Throws: A cancellation of the test where there is no C compiler.
    init(_ source: [UInt8], name: String, in directory: FilePath) async throws {
        library = directory.appending("\(name).so")
        number = directory.appending("\(name).number")
        let file = directory.appending("\(name).c").string
        try Data(source).write(to: URL(filePath: file))
        try Data(PackageResources.number_h).write(to: URL(filePath: directory.appending("number.h").string))
        try set(0)
        do {
            // It comes with Swift.
            try await Command.run(["clang", "-shared", "-fPIC", "-O1", "-o", library.string, file])
        } catch let failure as Command.Failure {
            try Test.cancel("\(name) cannot be built here: \(failure.output)")
        }
    }

    /// What a program is started by.
    var prefix: [String] { ["env", "LD_PRELOAD=\(library)", "PRELOAD_NUMBER=\(number)"] }

    /// Changes the number.
    func set(_ value: Int) throws {
        // The file stays the same one, for the process looks at it through its memory.
        let file = try FileDescriptor.open(number, .writeOnly, options: .create, permissions: .ownerReadWrite)
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        try file.closeAfter { _ = try file.writeAll(toAbsoluteOffset: 0, bytes) }
    }
}
