import FoundationEssentials
package import SystemPackage

/// A database of the places of IP addresses: a file in MaxMind's format, mapped from a private copy.
///
/// Nothing that happens to the file afterwards touches the copy, which lives as long as the last reference. Any thread may
/// look up.
package final class GeoDatabase: Sendable {
    /// The largest file, in bytes.
    package static let largest: Int64 = 2 << 30

    package let metadata: GeoMetadata
    /// The size of the file, in bytes.
    package let size: Int
    private let handle: DatabaseHandle

    /// Copies a file, checks it and maps the copy.
    ///
    /// The check reads every node and every value once: 0.5 s for 57 MB. What passes it cannot end the process, whatever
    /// is looked up.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - temporary: Where the copy is if none can be made beside the file; nil for the directory of temporary files.
    /// - Throws: `GeoFailure`
    package init(_ path: FilePath, temporary: FilePath? = nil) throws(GeoFailure) {
        let system = FilePath(FileManager.default.temporaryDirectory.path)
        let copy = try PrivateCopy(of: path, in: [path.folder, temporary ?? system])
        let end = try copy.end(MetadataSection.longest + MetadataSection.mark.count)
        let section = try MetadataSection(endOfFile: end.span, fileSize: copy.size)
        metadata = section.metadata
        size = copy.size
        handle = try DatabaseHandle(copy.file)
        guard try containsPlaces(section) else { throw .noPlaces(type: metadata.type) }
    }

    /// Checks all values; returns true if at least one of them is a place.
    private func containsPlaces(_ section: MetadataSection) throws(GeoFailure) -> Bool {
        var hasPlace = false
        try handle.withBytes { file throws(GeoFailure) in
            guard file.count == size else { throw .changing }
            let data = file.extracting(section.data)
            var check = DataCheck(size: data.count)
            try section.tree.forEachValue(in: file) { position throws(GeoFailure) in
                guard try check.check(valueAt: position, in: data) != nil, !hasPlace else { return }
                // No larger than the file, which has at most 2 GiB.
                hasPlace = GeoRecord(at: UInt32(position), in: handle).isPlace
            }
        }
        return hasPlace
    }

    /// The place of an address.
    ///
    /// An IPv4 address that is mapped to IPv6 (`::ffff:0:0/96`) is looked up as IPv4.
    ///
    /// - Parameter address: 4 or 16 bytes in network order.
    /// - Returns: nil if the database has no record for it.
    package func record(of address: [UInt8]) -> GeoRecord? {
        let mapped = address.count == 16 && address.starts(with: Self.mapping)
        return handle.position(of: mapped ? Array(address.suffix(4)) : address).map { GeoRecord(at: $0, in: handle) }
    }

    private static let mapping = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
}

extension FilePath {
    /// The folder that contains the file; the working directory for a mere name.
    package var folder: FilePath {
        let folder = removingLastComponent()
        return folder.isEmpty ? "." : folder
    }
}
