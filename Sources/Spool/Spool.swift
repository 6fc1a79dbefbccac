package import Analytics
package import FoundationEssentials
import Synchronization
package import SystemPackage

/// A queue on disk of batches that wait for the database: records in segment files.
///
/// An appended record is synced to the disk. The position up to which the spool has been delivered is not stored here:
/// the database has it, written by the same transactions that stored the events.
package final class Spool: Sendable {
    package struct Limits: Sendable {
        /// The most bytes on the disk.
        package var bytes = 1 << 30
        /// The size of a segment, in bytes, after which the next one begins.
        var segment = 16 << 20

        package init() {}
    }

    package enum Failure: Error, Equatable, CustomStringConvertible {
        /// The limit is reached, or the disk is full. The batch is not in the spool.
        case full
        /// The batch was written but not synced, so a crash may lose it. Nothing is accepted until a restart.
        case unsynced
        /// An earlier write could not be synced or undone, so nothing is accepted. The batch is not in the spool.
        case broken
        /// Another process uses the directory.
        case inUse(FilePath)
        /// The directory cannot be created, read or written.
        case unusable(FilePath, reason: String)

        package var description: String {
            switch self {
            case .full: "the spool is full"
            case .unsynced, .broken: "the disk did not take what was spooled"
            case .inUse(let path):
                "another hourglass uses the spool \(path): stop it, or choose another with HOURGLASS_SPOOL"
            case .unusable(let path, let reason): "the spool \(path) cannot be used: \(reason)"
            }
        }
    }

    /// The size of a read from a segment, in bytes; a longer record is read whole.
    private static let chunk = 1 << 20

    private struct State {
        var segments: [(segment: Segment, length: Int)]
        var isBroken = false
        var isFull = false
        /// The number of damaged stretches, and the position up to which they have been counted.
        var damage = 0
        var countedUntil = -1

        var bytes: Int { segments.reduce(0) { $0 + $1.length } }
        var end: Int { segments.last.map { $0.segment.start + $0.length } ?? 0 }
    }

    let directory: SpoolDirectory
    private let limits: Limits
    private let sync: Segment.Sync
    private let state: Mutex<State>

    /// Opens a spool, which is created if it is missing.
    ///
    /// - Parameters:
    ///   - path: Its directory.
    ///   - limits: The limits of its size.
    /// - Throws: `Failure.inUse` and `Failure.unusable`.
    package convenience init(_ path: FilePath, limits: Limits = Limits()) throws(Failure) {
        try self.init(path, limits: limits, sync: Segment.syncData)
    }

    init(_ path: FilePath, limits: Limits = Limits(), sync: @escaping Segment.Sync) throws(Failure) {
        self.limits = limits
        self.sync = sync
        do {
            directory = try SpoolDirectory(path)
            state = Mutex(State(segments: try directory.openSegments()))
        } catch let failure as Failure {
            throw failure
        } catch {
            throw .unusable(path, reason: "\(error)")
        }
    }

    /// The id of the spool in the database.
    package var id: UUID { directory.id }
    /// The position of the first record on the disk.
    package var first: SpoolPosition { state.withLock { SpoolPosition(record: $0.segments.first?.segment.start ?? 0) } }
    /// The position behind the last record.
    package var end: SpoolPosition { state.withLock { SpoolPosition(record: $0.end) } }
    package var bytes: Int { state.withLock { $0.bytes } }
    package var maximumBytes: Int { limits.bytes }
    /// True if the last batch could not be appended, until a delivery frees space.
    package var isFull: Bool { state.withLock { $0.isFull } }
    /// True if nothing is accepted until a restart, because a write could not be synced or undone.
    package var isBroken: Bool { state.withLock { $0.isBroken } }
    /// The number of damaged stretches that were skipped.
    package var damage: Int { state.withLock { $0.damage } }
}

// MARK: Writing

extension Spool {
    /// Unlocks the directory; nothing may be written or read afterwards.
    func close() { directory.unlock() }

    /// Appends a batch, and returns once it is synced to the disk.
    ///
    /// It blocks the thread.
    ///
    /// - Parameters:
    ///   - batch: The batch.
    ///   - isInDoubt: True if it has been sent to the database, which may have committed it.
    /// - Throws: `Failure`; after `unsynced` the batch may be in the spool, after the others it is not.
    package func append(_ batch: Batch, isInDoubt: Bool) throws(Failure) {
        let record = Record(batch: batch, isInDoubt: isInDoubt, written: Timestamp.now).bytes
        try state.withLock { state throws(Failure) in
            if state.isBroken { throw .broken }
            // Reset below on success, so it stays true after any failure.
            state.isFull = true
            guard state.bytes + record.count <= limits.bytes else { throw .full }
            try makeRoom(&state)
            try write(record, &state)
            state.isFull = false
        }
    }

    private func makeRoom(_ state: inout State) throws(Failure) {
        guard let last = state.segments.last, last.length >= limits.segment else { return }
        do {
            state.segments.append((try directory.makeSegment(start: state.end), 0))
        } catch {
            throw .full
        }
    }

    private func write(_ record: [UInt8], _ state: inout State) throws(Failure) {
        let last = state.segments.count - 1
        let (segment, length) = state.segments[last]
        do {
            try segment.write(record, at: length)
        } catch {
            // A partial record must be removed; if that fails too, nothing more may follow it.
            state.isBroken = (try? segment.truncate(to: length)) == nil
            throw .full
        }
        do {
            try segment.sync(sync)
        } catch {
            // After a failed sync the kernel marks unwritten pages as clean, so another sync would prove nothing.
            state.isBroken = true
            throw .unsynced
        }
        state.segments[last].length += record.count
    }

    /// Continues at the position of the database if it is behind the last record: the directory is an older copy.
    package func skip(to place: SpoolPosition) throws {
        try state.withLock { state in
            guard place.record > state.end else { return }
            state.segments.append((try directory.makeSegment(start: place.record), 0))
        }
    }

    /// Empties the spool if everything has been delivered, so that the next start has nothing to deliver.
    package func clear(before place: SpoolPosition) throws {
        try state.withLock { state in
            guard place.record == state.end, state.segments.last?.length != 0 else { return }
            state.segments.append((try directory.makeSegment(start: state.end), 0))
        }
        try forget(before: place)
    }

    /// Removes the segments that end at or before a position up to which the database has committed everything.
    ///
    /// The last one stays, because its name gives the position of the next record.
    package func forget(before place: SpoolPosition) throws {
        let forgotten = state.withLock { state in
            let count = state.segments.dropLast().prefix { $0.segment.start + $0.length <= place.record }.count
            defer { state.segments.removeFirst(count) }
            if count > 0 { state.isFull = false }
            return state.segments[..<count].map(\.segment)
        }
        for segment in forgotten { try segment.remove() }
        if !forgotten.isEmpty { try directory.sync() }
    }
}

// MARK: Reading

extension Spool {
    /// Reads the next records as one batch; returns nil at the end.
    ///
    /// - Parameters:
    ///   - place: The position up to which the database has committed everything.
    ///   - limit: The most parts of records.
    ///   - isCertain: True if the first record was in doubt, and is now known not to have been committed.
    ///   - isAlone: True to read one record only.
    /// - Returns: A batch from `place` up to its own end. A record in doubt comes whole and alone, under the id that it
    ///   was sent with.
    /// - Throws: `Errno`; `StoredLayout.Unknown` if the first record is of a layout that this program does not know.
    package func next(
        from place: SpoolPosition,
        limit: Int,
        isCertain: Bool = false,
        isAlone: Bool = false
    ) throws -> SpoolBatch? {
        var group = SpoolBatch(spool: id, from: place, limit: limit, isCertain: isCertain, isAlone: isAlone)
        var length = Self.chunk
        while !group.isFull, let (segment, offset, left) = segment(at: &group.to) {
            let count = min(length, left)
            var scanner = RecordScanner(try segment.read(count, at: offset))
            let start = group.to.record
            length = Self.chunk
            scan: while true {
                switch scanner.next() {
                case .record(let record, let end):
                    guard group.take(record, end: start + end) else { return group }
                case .damage(let end): skip(&group, to: start + end)
                case .unknown(let layout):
                    // What comes before it is delivered first.
                    guard !group.isEmpty else { throw layout }
                    return group
                case .incomplete(let wanted):
                    // The chunk ends within the record; or the segment does, and the record is torn.
                    if count < left { length = max(Self.chunk, wanted) } else { skip(&group, to: start + left) }
                    break scan
                case .end: break scan
                }
                if group.isFull { return group }
            }
            if !group.isEmpty { return group }
        }
        return group.isEmpty ? nil : group
    }

    /// The segment that contains a position, or the next one; the offset in it, and the number of bytes from there on.
    private func segment(at place: inout SpoolPosition) -> (segment: Segment, offset: Int, left: Int)? {
        state.withLock { state in
            guard let found = state.segments.first(where: { place.record < $0.segment.start + $0.length }) else {
                return nil
            }
            if place.record < found.segment.start { place = SpoolPosition(record: found.segment.start) }
            let offset = place.record - found.segment.start
            return (found.segment, offset, found.length - offset)
        }
    }

    /// Skips damaged bytes, and counts each damaged stretch once, however often it is read.
    private func skip(_ group: inout SpoolBatch, to end: Int) {
        let start = group.to.record
        group.skip(to: end)
        state.withLock { state in
            guard end > state.countedUntil else { return }
            if start != state.countedUntil { state.damage += 1 }
            state.countedUntil = end
        }
    }
}
