package import Analytics
import Postgres

// What the database refuses because of the events themselves.
extension Store {
    /// The first moment whose events are kept, as far as this server knows; nil when all are.
    package var keptSince: Timestamp? { retention.keptSince }

    /// Whether an error is about a value in a row, so that sending it again is of no use.
    ///
    /// The list is short on purpose: what is wrongly taken for a refusal loses an event, what is wrongly taken for trouble
    /// is only tried again.
    func isRefusal(_ error: PostgresError) async throws -> Bool {
        if error.state.isValueError { return true }
        guard error.state == .checkViolation, let constraint = error.constraint else { return false }
        return try await ingest.withConnection { try await $0.execute(EventCheck(constraint: constraint)) } == [true]
    }

    /// The refusal of a batch with events that retention has dropped meanwhile.
    func expired(_ batch: Batch, _ error: PostgresError) -> WriteError {
        let keptSince = error.detail.flatMap { Int($0) }.map { Timestamp(milliseconds: $0) } ?? .latest
        retention.note(keptSince)
        let events = batch.entries.lazy.flatMap(\.events).enumerated()
        let rows = events.filter { $0.element.time < keptSince }.map(\.offset)
        return .refused(rows: rows, Rejection(.timestamp, .beforeEarliest))
    }

    /// Asks the database what retention has dropped.
    func lookAtRetention() async throws {
        if let keptSince = try await ask({ try await $0.execute(KeptSince()).first ?? nil }) {
            retention.note(keptSince)
        }
    }
}

extension SQLState {
    /// Retention has dropped the time of an event (`note_late`).
    static let isExpired: SQLState = "HG010"
}
