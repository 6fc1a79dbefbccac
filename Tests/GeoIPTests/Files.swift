import Foundation
import GeoIP
import Support
import SystemPackage

/// Lends the path of a file with given bytes.
func withFile<R>(_ bytes: [UInt8], _ body: (FilePath) async throws -> R) async throws -> R {
    try await withScratch { path in
        try write(bytes, to: path)
        return try await body(path)
    }
}

/// Writes a file in place, as `cp` does.
func write(_ bytes: [UInt8], to path: FilePath) throws {
    let file = try FileDescriptor.open(
        path,
        .writeOnly,
        options: [.create, .truncate],
        permissions: [.ownerReadWrite]
    )
    _ = try file.closeAfter { try file.writeAll(bytes) }
}

/// Opens a database with given bytes.
func open(_ bytes: [UInt8]) async throws -> GeoDatabase {
    try await withFile(bytes) { try GeoDatabase($0) }
}

/// Opens a database with given networks.
func open(_ networks: MMDBWriter.Network...) async throws -> GeoDatabase {
    try await open(MMDBWriter(networks).bytes)
}

/// The database of made-up data beside the tests.
let fixture = FilePath(#filePath).removingLastComponent().appending("Fixtures/GeoIP2-City-Test.mmdb")
