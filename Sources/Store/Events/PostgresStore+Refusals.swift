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

    /// Finds a row that is refused, after an error that does not name it, such as one of a check at the COMMIT.
    ///
    /// The row is found by halving the batch, in transactions that are rolled back.
    ///
    /// - Parameter batch: The batch that was refused.
    /// - Returns: The place of the row among all rows; nil if no row is refused by itself.
    /// - Throws: A `PostgresError` or `Pool.Refusal` when the database fails meanwhile.
    func refusedRow(of batch: Batch) async throws -> Int? {
        let all = Batch.Entry(joining: batch.entries)
        var range = 0..<all.count
        while range.count > 1 {
            let half = range.lowerBound..<(range.lowerBound + range.count / 2)
            range = try await isRefused(all[half], batch) ? half : half.upperBound..<range.upperBound
        }
        guard try await isRefused(all[range], batch) else { return nil }
        return batch.place(ofJoined: range.lowerBound)
    }

    private func isRefused(_ entry: Batch.Entry, _ batch: Batch) async throws -> Bool {
        var comparison = Comparison()
        comparison.last = batch.comparison.last
        let batch = Batch(entries: [entry], comparison: comparison)
        let opening = opening(batch, late: nil)
        do {
            try await ingest.withConnection { connection in
                let entries = try await self.entryIDs(of: batch, connection)
                try await connection.rehearse {
                    _ = try $0.copy(batch, opening, entries, now: self.live.configuration.now)
                }
            }
            return false
        } catch let refused as RefusedRow {
            guard try await isRefusal(refused.error) else { throw refused.error }
            return true
        } catch let error as PostgresError {
            guard try await isRefusal(error) else { throw error }
            return true
        }
    }

    /// The refusal of a batch with events, or with hits, of a time that retention has dropped meanwhile.
    ///
    /// Hits are taken for longer than events, but for those that are events too; some sites take both for a shorter time.
    ///
    /// - Parameters:
    ///   - batch: The batch.
    ///   - error: The error that told it.
    /// - Returns: The refusal of its rows.
    /// - Throws: A `PostgresError` or `Pool.Refusal` if the database does not tell which times it takes.
    func expired(_ batch: Batch, _ error: PostgresError) async throws -> WriteError {
        if error.constraint == Self.constraintOfEvents { return try await expiredForSites(batch) }
        let border = error.detail.flatMap { Int($0) }.map { Timestamp(milliseconds: $0) } ?? .latest
        guard error.constraint == Self.constraintOfHits else {
            retention.note(border)
            return refusal(
                of: batch,
                .beforeEarliest,
                event: { $0.time < border },
                hit: { $0.event != nil && $0.time < border }
            )
        }
        let known = try await read.withConnection { try await $0.execute(HitsTakenSince()) }
        let taken = Dictionary(known.map { ($0.site, $0.moment) }, uniquingKeysWith: max)
        let all = taken[SiteID(rawValue: 0)]
        return refusal(
            of: batch,
            .beforeEarliest,
            event: { _ in false },
            hit: { hit in [all, taken[hit.site]].compactMap(\.self).contains { hit.time < $0 } }
        )
    }

    /// The refusal of a batch with events, or hits that are events too, of a time that their sites do not keep any more.
    private func expiredForSites(_ batch: Batch) async throws -> WriteError {
        let known = try await read.withConnection { try await $0.execute(SiteEventsSince()) }
        let since = Dictionary(known.map { ($0.site, $0.moment) }, uniquingKeysWith: max)
        let isExpired = { (event: Event) in since[event.site].map { event.time < $0 } ?? false }
        return refusal(
            of: batch,
            .pastRetention,
            event: isExpired,
            hit: { $0.event.map(isExpired) ?? false }
        )
    }

    /// The refusal of the rows whose time is not taken.
    ///
    /// - Parameters:
    ///   - batch: The batch.
    ///   - reason: The reason, which is about the time.
    ///   - isExpired: True for an event that is not taken.
    ///   - isExpiredHit: True for a hit that is not taken.
    /// - Returns: The refusal.
    private func refusal(
        of batch: Batch,
        _ reason: Rejection.Reason,
        event isExpired: (Event) -> Bool,
        hit isExpiredHit: (Hit) -> Bool
    ) -> WriteError {
        let areExpired = batch.entries.flatMap { entry in
            entry.events.map(isExpired) + entry.hits.map(isExpiredHit) + entry.identities.map { _ in false }
        }
        let rows = areExpired.indices.filter { areExpired[$0] }
        return .refused(rows: rows, Rejection(.timestamp, reason))
    }

    /// The constraint that an error about hits names (`refuse_dropped_hits`).
    private static let constraintOfHits = "kept_hits"
    /// The constraint that an error about events of single sites names (`refuse_events_of_sites`).
    private static let constraintOfEvents = "kept_events"

    /// Reads from the database the first moment whose events retention keeps.
    func lookAtRetention() async throws {
        if let keptSince = try await ask({ try await $0.execute(KeptSince()).first ?? nil }) {
            retention.note(keptSince)
        }
    }
}

extension SQLState {
    /// Retention has dropped the time of an event or a hit (`refuse_dropped`, `refuse_events_of_sites`,
    /// `refuse_dropped_hits`).
    static let isExpired: SQLState = "HG010"
}

extension Batch {
    /// The place of a row among all rows, from its place in the rows of all entries when they are joined.
    fileprivate func place(ofJoined row: Int) -> Int {
        let kinds: [(Entry) -> Range<Int>] = [
            { 0..<$0.events.count },
            { $0.events.count..<($0.events.count + $0.hits.count) },
            { ($0.events.count + $0.hits.count)..<$0.count },
        ]
        var row = row
        for kind in kinds {
            var first = 0
            for entry in entries {
                let own = kind(entry)
                if row < own.count { return first + own.lowerBound + row }
                row -= own.count
                first += entry.count
            }
        }
        return count
    }
}
