import Analytics
import FoundationEssentials
import SystemPackage

/// A batch that the spool has set aside: the database could not store it for a long time, while it stored others.
///
/// It is kept as a record in a separate file, named after its position.
struct SetAsideBatch: Sendable {
    let position: SpoolPosition
    let path: FilePath
    /// The batch, or the reason that this program cannot read it.
    let contents: Result<Batch, StoredLayout.Unknown>
    /// The hours of its events by sites, in whole hours since 1970; their counts are incomplete without it.
    private let hours: [SiteID: Set<Int>]

    fileprivate init(position: SpoolPosition, contents: Result<Batch, StoredLayout.Unknown>, path: FilePath) {
        self.position = position
        self.contents = contents
        self.path = path
        var hours: [SiteID: Set<Int>] = [:]
        for entry in (try? contents.get())?.entries ?? [] {
            for event in entry.allEvents { hours[event.site, default: []].insert(event.time.hour) }
        }
        self.hours = hours
    }

    /// The number of events and hits; 0 if this program cannot read them.
    var count: Int { (try? contents.get())?.count ?? 0 }

    /// True if it may have events of a site in some hours.
    func mayHaveEvents(of site: SiteID, in wanted: [Int]) -> Bool {
        switch contents {
        case .success: !(hours[site]?.isDisjoint(with: wanted) ?? true)
        case .failure: true
        }
    }
}

/// The folder of the batches that were set aside.
///
/// A batch is written here before the spool's position moves behind it. So a batch at or behind the position has not
/// been set aside yet: its file is removed, and it is delivered again.
struct SetAsideFolder: Sendable {
    private static let suffix = ".batch"

    let path: FilePath

    init(in directory: FilePath) {
        path = directory.appending("aside")
    }

    /// Writes a batch to a file, and returns once it is synced to the disk.
    func add(_ batch: Batch, at position: SpoolPosition, written: Timestamp) throws -> SetAsideBatch {
        try FileManager.default.createDirectory(
            atPath: path.string,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let name = "\(String(position.record, radix: 16))-\(String(position.part, radix: 16))\(Self.suffix)"
        let file = try FileDescriptor.open(
            path.appending(name),
            .writeOnly,
            options: [.create, .truncate, .closeOnExec],
            permissions: .ownerReadWrite
        )
        try file.closeAfter {
            _ = try file.writeAll(Record(batch: batch, isInDoubt: true, written: written).bytes)
            try Segment.syncData(file)
        }
        try syncNames()
        return SetAsideBatch(position: position, contents: .success(batch), path: path.appending(name))
    }

    /// Reads all batches, in order; damaged files are skipped, but stay.
    func all() throws -> [SetAsideBatch] {
        guard FileManager.default.fileExists(atPath: path.string) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path.string)
            .compactMap { name in try batch(name) }
            .sorted { $0.position < $1.position }
    }

    func remove(_ batch: SetAsideBatch) throws {
        try FileManager.default.removeItem(atPath: batch.path.string)
        try syncNames()
    }

    private func batch(_ name: String) throws -> SetAsideBatch? {
        guard name.hasSuffix(Self.suffix) else { return nil }
        let numbers = name.dropLast(Self.suffix.count).split(separator: "-").map { Int($0, radix: 16) }
        guard numbers.count == 2, let record = numbers[0], let part = numbers[1] else { return nil }
        let file = path.appending(name)
        var scanner = RecordScanner([UInt8](try Data(contentsOf: URL(filePath: file.string))))
        let contents: Result<Batch, StoredLayout.Unknown>
        switch scanner.next() {
        case .record(let found, _): contents = .success(found.batch)
        case .unknown(let layout): contents = .failure(layout)
        case .damage, .incomplete, .end: return nil
        }
        return SetAsideBatch(position: SpoolPosition(record: record, part: part), contents: contents, path: file)
    }

    private func syncNames() throws {
        let folder = try FileDescriptor.open(path, .readOnly, options: [.directory, .closeOnExec])
        try folder.closeAfter { try SpoolDirectory.sync(folder) }
    }
}
