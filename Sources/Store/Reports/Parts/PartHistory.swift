import Columns
import Synchronization

/// The last changes of the part of a day, by which counts of before are brought up to date.
struct PartHistory: Sendable {
    /// The most changes that are kept, and the most memory for them, in bytes.
    private static let limits = (changes: 100, bytes: 4 << 20)

    /// The number of the last change; no two changes of any parts have the same.
    private(set) var version = Self.nextVersion
    /// The changes, each with the number of the one before.
    private var changes: [(former: Int, change: PartChange)] = []
    /// The memory that the changes take, in bytes.
    private(set) var bytes = 0

    private static let lastVersion = Atomic(0)
    private static var nextVersion: Int { lastVersion.add(1, ordering: .relaxed).newValue }

    /// Adds a change of the part.
    mutating func add(_ change: PartChange) {
        changes.append((version, change))
        version = Self.nextVersion
        bytes += change.bytes
        while changes.count > Self.limits.changes || bytes > Self.limits.bytes {
            bytes -= changes.removeFirst().change.bytes
        }
    }

    /// The changes since another one, the last one last; nil if they are not known.
    func changes(since version: Int) -> [PartChange]? {
        if version == self.version { return [] }
        return changes.firstIndex { $0.former == version }.map { changes[$0...].map(\.change) }
    }
}
