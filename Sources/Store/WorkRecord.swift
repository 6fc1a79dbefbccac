import Analytics
import Synchronization

/// A kind of work that is counted for `/metrics`; the raw value is the end of the name of its metric.
protocol RecordedWork: CaseIterable, RawRepresentable<String>, Hashable, Sendable {
    /// The beginning of the names of the metrics of all kinds, such as `parts`.
    static var family: String { get }
    /// The text about the metric.
    var help: String { get }
}

/// Counts the work of this server since its start, for `/metrics`.
final class WorkRecord<Work: RecordedWork>: Sendable {
    private let counts = Mutex<[Work: Int]>([:])

    func note(_ work: Work, _ number: Int = 1) { counts.withLock { $0[work, default: 0] += number } }

    func count(of work: Work) -> Int { counts.withLock { $0[work] ?? 0 } }

    var measurements: [Measurement] {
        Work.allCases.map { work in
            let name = "hourglass_\(Work.family)_\(work.rawValue)_total"
            return Measurement(name, work.help, .counter, value: Double(count(of: work)))
        }
    }
}
