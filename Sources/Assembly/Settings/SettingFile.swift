import FoundationEssentials
package import SystemPackage

/// A small file of settings, or of one secret.
package enum SettingFile {
    /// The error of a file that exists and cannot be read completely.
    package struct Unreadable: Error, CustomStringConvertible {
        package let path: FilePath
        package let reason: String

        package var description: String { "\(path): \(reason)" }
    }

    /// The largest file, in bytes: far more than settings take.
    private static let limit = 1 << 20

    /// The whole content of a file; nil if it does not exist.
    ///
    /// A symbolic link without a target is unreadable, like a directory.
    static func contents(of path: FilePath) throws(Unreadable) -> [UInt8]? {
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            return try file.closeAfter { try read(file, path: path) }
        } catch let error as Errno where error == .noSuchFileOrDirectory && !isLink(path) {
            return nil
        } catch let error as Unreadable {
            throw error
        } catch {
            throw Unreadable(path: path, reason: "\(error)")
        }
    }

    private static func isLink(_ path: FilePath) -> Bool {
        // An error means that there is no link.
        (try? FileManager.default.destinationOfSymbolicLink(atPath: path.string)) != nil
    }

    private static func read(_ file: FileDescriptor, path: FilePath) throws -> [UInt8] {
        let bytes = try unsafe [UInt8](unsafeUninitializedCapacity: limit + 1) { buffer, count in
            while count <= limit {
                let rest = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]
                )
                let read = try unsafe file.read(into: rest)
                if read == 0 { break }
                count += read
            }
        }
        guard bytes.count <= limit else { throw Unreadable(path: path, reason: "is larger than \(limit) bytes") }
        return bytes
    }
}
