package import Analytics
import Postgres

// Refusals by the database for the contents of events.
extension PostgresStore {
    /// The first moment whose events are kept, as far as this server knows; nil when all are.
    package var keptSince: Timestamp? { retention.keptSince }

    /// Tells an error about a value in a row, which no retry can mend, from any other.
    ///
    /// The list is short on purpose: an error that is wrongly on it loses an event, one that is wrongly missing only
    /// costs retries.
    func isRefusal(_ error: PostgresError) async throws -> Bool {
        if error.state.isValueError { return true }
        guard error.state == .checkViolation, let constraint = error.constraint else { return false }
        return try await ingest.withConnection { try await $0.execute(EventCheck(constraint: constraint)) } == [true]
    }

    /// Finds a row that is refused.
    ///
    /// The error of a COPY names the row. An error of a check at the COMMIT does not: then the row is found by halving
    /// the batch, in transactions that are rolled back.
    ///
    /// - Parameters:
    ///   - batch: The batch that was refused.
    ///   - error: The error that refused it.
    /// - Returns: The row, counted over all entries; nil if no row is refused by itself.
    /// - Throws: A `PostgresError` or `Pool.Refusal` when the database fails meanwhile.
    func refusedRow(of batch: Batch, _ error: PostgresError) async throws -> Int? {
        if let row = error.copyRow { return row }
        let events = batch.entries.flatMap(\.events)
        var range = events.indices
        while range.count > 1 {
            let half = range.lowerBound..<(range.lowerBound + range.count / 2)
            range = try await isRefused(Array(events[half]), of: batch.site) ? half : half.upperBound..<range.upperBound
        }
        return try await isRefused(Array(events[range]), of: batch.site) ? range.lowerBound : nil
    }

    private func isRefused(_ events: [Event], of site: SiteID) async throws -> Bool {
        let batch = Batch(site: site, entries: [Batch.Entry(events: events)])
        let opening = opening(batch, late: nil)
        do {
            try await ingest.withConnection { connection in
                try await connection.rehearse { _ = try $0.copy(batch, opening) }
            }
            return false
        } catch let error as PostgresError {
            guard try await isRefusal(error) else { throw error }
            return true
        }
    }

    /// The refusal of a batch with events that retention has dropped meanwhile.
    func expired(_ batch: Batch, _ error: PostgresError) -> WriteError {
        let keptSince = error.detail.flatMap { Int($0) }.map { Timestamp(milliseconds: $0) } ?? .latest
        retention.note(keptSince)
        let events = batch.entries.lazy.flatMap(\.events).enumerated()
        let rows = events.filter { $0.element.time < keptSince }.map(\.offset)
        return .refused(rows: rows, Rejection(.timestamp, .beforeEarliest))
    }

    /// Reads from the database the first moment whose events retention keeps.
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
