import Analytics
import FoundationEssentials
import Postgres

extension Connection {
    /// Stores a batch by a COPY for each table behind the call that opens it, as one transaction.
    ///
    /// - Parameters:
    ///   - batch: The batch.
    ///   - opening: The call.
    ///   - entries: The ids of the dictionaries' entries that the hits refer to.
    ///   - now: The clock.
    /// - Returns: The answer to the call.
    /// - Throws: A `PostgresError`; a refused row of a COPY is `RefusedRow`.
    func copy(
        _ batch: Batch,
        _ opening: OpenBatch,
        _ entries: EntryIDs,
        now: () -> Timestamp
    ) throws -> Receipt {
        let hasHits = batch.entries.contains { !$0.hits.isEmpty }
        let hasIdentities = batch.entries.contains { !$0.identities.isEmpty || $0.hits.contains { $0.user != nil } }
        let hasEvents = (!hasHits && !hasIdentities) || batch.entries.contains { !$0.allEvents.isEmpty }
        let kept = batch.comparison.kept
        // Before the others: the jobs that leave these rows wait for the batch.
        var targets = kept.isEmpty ? [] : [CopyTarget(Event.self, "kept_event"), CopyTarget(Hit.self, "kept_hit")]
        targets += (hasEvents ? [CopyTarget(Event.self)] : []) + (hasHits ? [CopyTarget(Hit.self)] : [])
        if hasIdentities { targets.append(CopyTarget(Identity.self)) }
        if ArrivalCounts.mayBe(in: batch, at: now()) { targets.append(.arrivals) }
        // Only the answer to the call tells which hits are stored, and so which rows the other servers need.
        if hasHits, opening.live != nil { targets.append(.live) }
        var receipt = Receipt()
        // The time behind the locks that the call waits for.
        var moment = Timestamp(milliseconds: 0)
        do {
            _ = try copy(after: (batch.spoolRange?.script ?? "") + opening.script, into: targets) {
                answers,
                target,
                writer in
                if target == 0 {
                    receipt = batch.receipt(answers.compactMap(Receipt.Row.init(texts:)))
                    moment = now()
                }
                switch targets[target].table {
                case Event.table: for events in receipt.rows.events { try writer.append(events) }
                case Hit.table: for hits in receipt.rows.hits { try writer.append(hits, entries, at: moment) }
                case "kept_event": try writer.append(receipt.rows.events(at: kept))
                case "kept_hit": try writer.append(receipt.rows.hits(at: kept), entries, at: moment)
                case ArrivalCounts.table: try writer.append(ArrivalCounts(of: receipt.rows.hits, at: moment))
                case Identity.table: try writer.append(receipt.rows.identities.map(\.identity))
                default: try writer.append(receipt.rows.live(from: opening.live), of: opening.writer)
                }
            }
        } catch let error as PostgresError {
            guard let refused = error.copyRow, let place = receipt.rows.place(of: refused.row, in: refused.table)
            else { throw error }
            throw RefusedRow(error: error, place: place)
        }
        return receipt
    }
}

/// An error of a COPY that names a row.
struct RefusedRow: Error {
    let error: PostgresError
    /// The place of the row among all rows of the batch.
    let place: Int
}

extension CopyTarget {
    /// The live rows for the other servers.
    fileprivate static let live = CopyTarget(table: "live_batch", columns: ["server_id", "site_id", "events"])

    /// The numbers of hits that come at another time than their own.
    fileprivate static let arrivals = CopyTarget(
        table: ArrivalCounts.table,
        columns: ["site_id", "quarter", "arrived", "hits", "bots"]
    )

    /// The table of a kind of row, or another one with the same columns.
    fileprivate init<Row: StoredRow>(_: Row.Type, _ table: String = Row.table) {
        self.init(table: table, columns: Row.columns.compactMap(\.name))
    }
}

extension StoredRows {
    /// The events from a time on, those of hits among them, and the hits; none without a time.
    fileprivate func live(from earliest: Timestamp?) -> PackedBlock {
        var block = PackedBlock()
        guard let earliest else { return block }
        block.events = events.joined().filter { $0.time >= earliest }
        block.hits = hits.joined().lazy.map(\.hit).filter { $0.time >= earliest }
        return block
    }
}

extension CopyWriter {
    /// Appends the live rows of a batch; nothing if there are none.
    fileprivate mutating func append(_ block: PackedBlock, of server: UUID) throws(PostgresError) {
        let bytes = block.bytes
        // The rows tell their sites.
        if !bytes.isEmpty { try row(server, Int32(0), bytes) }
    }
}

extension Receipt.Row {
    /// Reads a row that the script of the call answers; nil for a row of another call.
    fileprivate init?(texts: [String?]) {
        guard texts.count == 5 else { return nil }
        self.init(
            site: texts[0].flatMap { Int32($0) }.map { SiteID(rawValue: $0) },
            key: texts[1],
            answer: texts[2],
            fingerprint: texts[3],
            id: texts[4]
        )
    }
}

extension SpoolRange {
    /// The call that moves the position of the spool; its text holds nothing but numbers and hexadecimal digits.
    fileprivate var script: String {
        "SELECT advance_spool('\(spool)', \(from.record), \(from.part), \(to.record), \(to.part));"
    }
}
