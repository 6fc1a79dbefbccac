import Crypto
import Files
import FoundationEssentials
import GeoIP
import SystemPackage

/// One update of the GeoIP database.
struct DatabaseUpdate: Sendable {
    enum Outcome: Sendable {
        case unchanged(GeoMetadata)
        /// The former database, if one could be read, and the new one.
        case updated(GeoMetadata?, GeoMetadata)
    }

    /// The file to replace.
    let path: FilePath
    let source: DownloadSource
    /// The checksum that is asked for; nil to ask the source if it has one.
    let checksum: Checksum?
    /// True to download also what has not changed, and to take an older database.
    let isForced: Bool

    private var notePath: FilePath { FilePath("\(path).update") }

    /// Downloads, checks and replaces.
    ///
    /// - Throws: `CommandFailure`, `GeoUnpacker.Failure`, `GeoFailure` or `Errno`; the present file is left as it is.
    func run() async throws -> Outcome {
        guard try FileStamp(path.folder) != nil else {
            throw CommandFailure("there is no directory \(path.folder) for the GeoIP database")
        }
        guard let lock = try FileLock(notePath) else {
            throw CommandFailure("another update is under way")
        }
        defer { lock.unlock() }
        // A database that cannot be read counts as none.
        let present = try? GeoDatabase(path).metadata
        let part = FilePath("\(path).part")
        // It is gone if it has been put in place.
        defer { try? FileManager.default.removeItem(atPath: part.string) }
        let since = present == nil || isForced ? nil : try unchangedSince()
        let answer = try await download(to: part, ifModifiedSince: since)
        if answer.status == 304, let present { return .unchanged(present) }
        let new = try metadata(of: part)
        guard try isNewer(new, than: present) else {
            try note(answer, in: lock.file)
            return .unchanged(new)
        }
        try PublicFile.replace(path, by: part)
        try note(answer, in: lock.file)
        return .updated(present, new)
    }

    /// Checks a download as a whole.
    private func metadata(of part: FilePath) throws(CommandFailure) -> GeoMetadata {
        do throws(GeoFailure) { return try GeoDatabase(part).metadata } catch {
            throw CommandFailure("the download cannot be used: \(error)")
        }
    }

    /// True if a download has to be put in place; false if it is the present database.
    ///
    /// - Throws: `CommandFailure` if it is an older one of the same type.
    private func isNewer(_ new: GeoMetadata, than present: GeoMetadata?) throws(CommandFailure) -> Bool {
        guard let present, !isForced, present.type == new.type else { return true }
        guard new.builtAt >= present.builtAt else {
            let times = "of \(new.built), not of \(present.built)"
            throw CommandFailure("the download is older than the present database, \(times); --force takes it")
        }
        return new.builtAt > present.builtAt
    }

    /// The date of the last download, if it was from the same source and its file is still in place.
    private func unchangedSince() throws -> String? {
        guard let note = UpdateNote(notePath), note.source == source.digest,
            note.stamp == (try FileStamp(path))?.description
        else { return nil }
        return note.lastModified
    }

    private func note(_ answer: Curl.Answer, in file: FileDescriptor) throws {
        guard let date = answer.lastModified, let stamp = try FileStamp(path) else { return try file.resize(to: 0) }
        try UpdateNote(source: source.digest, lastModified: date, stamp: stamp).write(to: file)
    }

    private func download(to part: FilePath, ifModifiedSince date: String?) async throws -> Curl.Answer {
        let file = try FileDescriptor.open(
            part,
            .writeOnly,
            options: [.create, .truncate, .closeOnExec],
            permissions: .ownerReadWrite
        )
        // It has been synced, or is of no use.
        defer { try? file.close() }
        var unpacker = GeoUnpacker()
        var hash = SHA256()
        var size = 0
        let answer = try await Curl(source: source, ifModifiedSince: date).run { bytes in
            size += bytes.count
            guard size <= GeoDatabase.largest else {
                throw CommandFailure("the download is larger than \(GeoDatabase.largest) bytes")
            }
            hash.update(data: bytes)
            try unpacker.take(bytes) { _ = try file.writeAll($0) }
        }
        guard answer.status == 200 else { return answer }
        try unpacker.finish { _ = try file.writeAll($0) }
        try await check(Checksum(hash.finalize()))
        return answer
    }

    private func check(_ actual: Checksum) async throws {
        let published = checksum == nil ? try await publishedChecksum() : nil
        guard let expected = checksum ?? published, actual != expected else { return }
        throw CommandFailure("the download has the checksum \(actual.text), not \(expected.text)")
    }

    /// The checksum that the source has beside the database: the first word of a small file.
    private func publishedChecksum() async throws -> Checksum? {
        guard let source = source.checksum else { return nil }
        var text: [UInt8] = []
        _ = try await Curl(source: source).run { bytes in
            guard text.count + bytes.count <= Self.longestChecksum else { throw CommandFailure(Self.noChecksum) }
            text += bytes
        }
        let word = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace).first ?? ""
        guard let checksum = Checksum(argument: String(word)) else { throw CommandFailure(Self.noChecksum) }
        return checksum
    }

    /// The largest file of a checksum, in bytes.
    private static let longestChecksum = 10_000
    private static let noChecksum = "the server gives no checksum of the download"
}
