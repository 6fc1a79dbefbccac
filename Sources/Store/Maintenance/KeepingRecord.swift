import Analytics
import Synchronization

/// Counts what the maintenance of this server deletes and packs, for `/metrics`.
final class KeepingRecord: Sendable {
    private let counts = Mutex<[Work: Int]>([:])

    /// Something that is done to stored rows; the raw value is in the name of its metric.
    enum Work: String, CaseIterable, Sendable {
        case tablesDropped = "tables_dropped"
        case hitsDeleted = "hits_deleted"
        case eventsDeleted = "events_deleted"
        case tablesCompressed = "tables_compressed"
        case vacuumsHastened = "vacuums_hastened"

        fileprivate var help: String {
            switch self {
            case .tablesDropped: "Weeks or days of events or hits that were dropped, since they were too old."
            case .hitsDeleted: "Hits that were deleted, since their sites keep them for a shorter time."
            case .eventsDeleted: "Events that were deleted, since their sites keep them for a shorter time."
            case .tablesCompressed: "Times that events or hits of a week or day were compressed."
            case .vacuumsHastened: "Tables that were set to be vacuumed earlier, since rows were deleted from them."
            }
        }
    }

    func note(_ work: Work, _ number: Int = 1) { counts.withLock { $0[work, default: 0] += number } }

    func count(of work: Work) -> Int { counts.withLock { $0[work] ?? 0 } }

    var measurements: [Measurement] {
        Work.allCases.map { work in
            let name = "hourglass_keeping_\(work.rawValue)_total"
            return Measurement(name, work.help, .counter, value: Double(count(of: work)))
        }
    }
}
