package import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// The state of a file by which a change is noticed, without reading it.
package struct FileStamp: Hashable, Sendable, CustomStringConvertible {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let changed: [Int]

    /// The state of the file at a path; nil if there is none.
    ///
    /// - Throws: `Errno`
    package init?(_ path: FilePath) throws(Errno) {
        do throws(Errno) {
            self.init(try Stat(path))
        } catch {
            guard error == .noSuchFileOrDirectory || error == .notDirectory else { throw error }
            return nil
        }
    }

    init(_ stat: Stat) {
        device = UInt64(stat.deviceID.rawValue)
        inode = UInt64(stat.inode.rawValue)
        size = stat.size
        changed = [stat.st_mtim.tv_sec, stat.st_mtim.tv_nsec]
    }

    package var description: String { "\(device) \(inode) \(size) \(changed[0]) \(changed[1])" }
}
