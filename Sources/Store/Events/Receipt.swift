import Analytics
import FoundationEssentials

/// The answer of the database to a batch that it has committed.
struct Receipt: Sendable {
    /// A row of `open_batch`: a key that was used before, the id of a hit that was stored before, or the transaction.
    struct Row: Sendable {
        let site: SiteID?
        let key: String?
        let answer: String?
        let fingerprint: String?
        /// The id of a hit, as the text of a `uuid`.
        let id: String?
    }

    /// The outcome of each entry, in order.
    var outcomes: [Outcome] = []
    var transaction: UInt64 = 0
    /// The rows that are stored.
    var rows = StoredRows()
}

extension Batch {
    /// Reads the rows of `open_batch`.
    func receipt(_ rows: [Receipt.Row]) -> Receipt {
        var receipt = Receipt()
        var used: [UsedKey] = []
        var knownIDs: Set<SiteHitID> = []
        for row in rows {
            if let site = row.site, let id = row.id.flatMap(UUID.init(uuidString:)) {
                knownIDs.insert(SiteHitID(site: site, digest: id))
            } else if let site = row.site, let key = row.key, let answer = row.answer {
                let key = SiteKey(site: site, key: key)
                used.append(UsedKey(key: key, firstResponse: answer, fingerprint: row.fingerprint))
            } else if let number = row.answer {
                receipt.transaction = UInt64(number) ?? 0
            }
        }
        receipt.outcomes = outcomes(used)
        receipt.rows = storedRows(receipt.outcomes, without: knownIDs)
        return receipt
    }

    /// The rows of the entries that are stored, without hits whose ids were stored before.
    private func storedRows(_ outcomes: [Outcome], without knownIDs: Set<SiteHitID>) -> StoredRows {
        var rows = StoredRows()
        var seen = knownIDs
        var first = 0
        for (entry, outcome) in zip(entries, outcomes) {
            if outcome == .stored { rows.add(entry, at: first, &seen) } else { rows.skip(entry) }
            first += entry.count
        }
        return rows
    }
}
