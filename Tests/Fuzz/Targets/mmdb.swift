// package
import FoundationEssentials
import GeoIP
import SystemPackage

private let path = FilePath(FileManager.default.temporaryDirectory.path)
    .appending("hourglass-fuzz-\(ProcessInfo.processInfo.processIdentifier).mmdb")

/// A GeoIP database, in which addresses are looked up if it can be opened.
func examine(_ bytes: Span<UInt8>) {
    do {
        let file = try FileDescriptor.open(
            path,
            .writeOnly,
            options: [.create, .truncate],
            permissions: .ownerReadWrite
        )
        _ = try file.closeAfter { try file.writeAll(bytes.indices.map { bytes[$0] }) }
        let database = try GeoDatabase(path)
        precondition(database.metadata.nodes > 0)
        for first in stride(from: UInt8.min, through: 255, by: 15) {
            _ = database.record(of: [first, 2, 3, 4])
            _ = database.record(of: [first] + [UInt8](repeating: 0, count: 14) + [1])
        }
    } catch is GeoFailure {
        return
    } catch {
        preconditionFailure("\(error)")
    }
}
