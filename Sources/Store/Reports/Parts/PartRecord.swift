import Analytics
import Synchronization

/// Counts what becomes of parts, for `/metrics`.
final class PartRecord: Sendable {
    private let counts = Mutex<[Event: Int]>([:])

    /// Something that happens to a part; the raw value is in the name of its metric.
    enum Event: String, CaseIterable, Sendable {
        case built
        case read
        case merged
        case dropped
        case damaged
        case differing

        fileprivate var help: String {
            switch self {
            case .built: "Parts of days that were built from rows."
            case .read: "Stored parts of days that were read."
            case .merged: "Parts of days to which changed hits were added."
            case .dropped: "Parts of days that were dropped from memory, since there were too many."
            case .damaged: "Stored parts of days that could not be read, and were built again."
            case .differing: "Stored parts of days that had not the hits of the rows, and were deleted."
            }
        }
    }

    func note(_ event: Event, _ number: Int = 1) { counts.withLock { $0[event, default: 0] += number } }

    func count(of event: Event) -> Int { counts.withLock { $0[event] ?? 0 } }

    var measurements: [Measurement] {
        Event.allCases.map { event in
            let name = "hourglass_parts_\(event.rawValue)_total"
            return Measurement(name, event.help, .counter, value: Double(count(of: event)))
        }
    }
}
