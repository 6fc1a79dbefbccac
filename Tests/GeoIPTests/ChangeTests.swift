import Dispatch
import Foundation
import GeoIP
import Support
import Synchronization
import SystemPackage
import Testing

/// A file that changes while a database of it is used.
struct ChangeTests {
    /// Overwritten, truncated and replaced: the mapped copy stays what it was, where a mapped file would end the process.
    @Test func aDatabaseIsNotTouchedByItsFile() async throws {
        let whole = [UInt8](try Data(contentsOf: URL(filePath: fixture.string)))
        try await withFile(whole) { path in
            let database = try GeoDatabase(path)
            let wrong = Atomic(0)
            let left = Atomic(4)
            DispatchQueue.concurrentPerform(iterations: 5) { worker in
                guard worker > 0 else { return Self.change(path, whole) { left.load(ordering: .relaxed) > 0 } }
                for _ in 0..<200 {
                    for row in FixtureTests.rows {
                        let isRight = database.record(of: octets(row.addresses[0])) == row.record
                        if !isRight { wrong.add(1, ordering: .relaxed) }
                    }
                }
                left.subtract(1, ordering: .relaxed)
            }
            #expect(wrong.load(ordering: .relaxed) == 0)
        }
    }

    /// Changes a file in every way until told to stop.
    private static func change(_ path: FilePath, _ bytes: [UInt8], while isGoing: () -> Bool) {
        let other = FilePath("\(path).new")
        repeat {
            for content in [[], [UInt8](repeating: 0, count: bytes.count), Array(bytes.prefix(9_000)), bytes] {
                do {
                    try write(content, to: path)
                    try write(content, to: other)
                    try FileManager.default.removeItem(atPath: path.string)
                    try FileManager.default.moveItem(atPath: other.string, toPath: path.string)
                } catch {
                    Issue.record(error)
                }
            }
        } while isGoing()
    }

    @Test func nothingIsLeftBesideTheFile() async throws {
        let whole = [UInt8](try Data(contentsOf: URL(filePath: fixture.string)))
        try await withFile(whole) { path in
            let database = try GeoDatabase(path)
            #expect(throws: GeoFailure.self) { _ = try GeoDatabase(FilePath("\(path).none")) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: path.folder.string) == ["scratch"])
            #expect(database.record(of: octets("81.2.69.142"))?.city == "London")
        }
    }

    /// The files that this process keeps open do not grow in number.
    @Test func openingLeaksNoFiles() async throws {
        func count() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
        let before = try count()
        for _ in 0..<200 {
            _ = try GeoDatabase(fixture)
            _ = try? GeoDatabase("/tmp")
            _ = try? GeoDatabase(FilePath(#filePath))
        }
        // Other tests open files meanwhile.
        #expect(try count() < before + 150)
    }

    /// A folder that cannot be written to is no obstacle.
    @Test func theCopyMayBeElsewhere() throws {
        #expect(throws: GeoFailure.unreadable("No such file or directory")) { _ = try GeoDatabase("/proc/none") }
        let file = try FileDescriptor.open(fixture, .readOnly)
        try file.closeAfter {
            // No file can be made in /proc/self/fd.
            let database = try GeoDatabase(FilePath("/proc/self/fd/\(file.rawValue)"), temporary: "/tmp")
            #expect(database.record(of: octets("81.2.69.142"))?.city == "London")
        }
    }
}
