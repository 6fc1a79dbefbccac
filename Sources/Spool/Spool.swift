package import Analytics
package import FoundationEssentials
import Synchronization
package import SystemPackage

/// Batches that wait on the disk until the database takes them: a queue of records in segment files.
///
/// A record that has been appended is on the disk itself. How far the spool has been delivered is not written here: the
/// database knows it, from the very transactions that stored the events.
package final class Spool: Sendable {
    package struct Limits: Sendable {
        /// Bytes on the disk.
        package var bytes = 1 << 30
        /// Bytes of a segment, after which another one is begun.
        var segment = 16 << 20

        package init() {}
    }

    package enum Failure: Error, Equatable, CustomStringConvertible {
        /// There are as many bytes as there may be, or the disk is full. The batch is not in the spool.
        case full
        /// What was written has perhaps not come to the disk, so nothing more is taken until a restart.
        case unsynced
        /// Nothing is taken any more. The batch is not in the spool.
        case broken
        /// Another process uses the directory.
        case inUse(FilePath)
        /// The directory cannot be used as it is.
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

    /// Read at once, at least.
    private static let chunk = 1 << 20

    private struct State {
        var segments: [(segment: Segment, length: Int)]
        var isBroken = false
        var isFull = false
        /// Damaged stretches that have been found, and up to where they have been counted.
        var damage = 0
        var countedUntil = -1

        var bytes: Int { segments.reduce(0) { $0 + $1.length } }
        var end: Int { segments.last.map { $0.segment.start + $0.length } ?? 0 }
    }

    let directory: SpoolDirectory
    private let limits: Limits
    private let sync: Segment.Sync
    private let state: Mutex<State>

    /// Opens a spool, or makes one.
    ///
    /// - Parameters:
    ///   - path: Its directory, created if missing.
    ///   - limits: How large it may become.
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

    /// What the spool is called in the database.
    package var id: UUID { directory.id }
    /// The first record on the disk.
    package var first: SpoolPosition { state.withLock { SpoolPosition(record: $0.segments.first?.segment.start ?? 0) } }
    /// Behind the last record.
    package var end: SpoolPosition { state.withLock { SpoolPosition(record: $0.end) } }
    package var bytes: Int { state.withLock { $0.bytes } }
    package var maximumBytes: Int { limits.bytes }
    /// Whether the last batch did not fit.
    package var isFull: Bool { state.withLock { $0.isFull } }
    /// Whether nothing more is taken.
    package var isBroken: Bool { state.withLock { $0.isBroken } }
    /// Damaged stretches that were found and skipped.
    package var damage: Int { state.withLock { $0.damage } }
}

// MARK: Writing

extension Spool {
    /// Gives the directory back; nothing may be written or read afterwards.
    func close() { directory.unlock() }

    /// Returns once the batch is on the disk itself.
    ///
    /// This blocks.
    ///
    /// - Parameters:
    ///   - batch: The batch.
    ///   - isInDoubt: Whether it has been sent to the database, which may have committed it.
    /// - Throws: `Failure`, of which only `unsynced` leaves open whether the batch is in the spool.
    package func append(_ batch: Batch, isInDoubt: Bool) throws(Failure) {
        let record = Record(batch: batch, isInDoubt: isInDoubt, written: Timestamp(Date.now)).bytes
        try state.withLock { state throws(Failure) in
            if state.isBroken { throw .broken }
            // Until it has been written, and also when that fails.
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
            // Nobody has been told of what was written of it.
            state.isBroken = (try? segment.truncate(to: length)) == nil
            throw .full
        }
        do {
            try segment.sync(sync)
        } catch {
            // After this the operating system calls clean what it has not written, so another sync would say nothing.
            state.isBroken = true
            throw .unsynced
        }
        state.segments[last].length += record.count
    }

    /// Goes on behind a place that the database says has been delivered, though there is no such record here: the
    /// directory is older than the database.
    package func skip(to place: SpoolPosition) throws {
        try state.withLock { state in
            guard place.record > state.end else { return }
            state.segments.append((try directory.makeSegment(start: place.record), 0))
        }
    }

    /// Begins a new segment when everything has been delivered, so that the next start finds nothing to ask about.
    package func clear(before place: SpoolPosition) throws {
        try state.withLock { state in
            guard place.record == state.end, state.segments.last?.length != 0 else { return }
            state.segments.append((try directory.makeSegment(start: state.end), 0))
        }
        try forget(before: place)
    }

    /// Removes the segments that lie wholly before a place, up to which the database has committed everything.
    ///
    /// The last one stays, because its name says where the spool goes on.
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
    /// What comes next, as one batch; nil at the end.
    ///
    /// - Parameters:
    ///   - place: Up to where the database has everything.
    ///   - limit: The most parts of records to take, of one site.
    ///   - isCertain: Whether the first record has turned out not to have been committed, if it was in doubt.
    ///   - isAlone: Whether no second record is taken.
    /// - Returns: A batch that takes out everything from `place` on to where it ends. A record in doubt comes whole and
    ///   alone, under the id that it was sent with.
    /// - Throws: What the operating system says.
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
                case .incomplete(let wanted):
                    // The chunk ends here, or the segment.
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

    /// The segment in which a place lies, or the next one; the offset there, and what is left of it.
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

    /// Leaves out what is damaged, and counts each stretch of it once however often it is read.
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
