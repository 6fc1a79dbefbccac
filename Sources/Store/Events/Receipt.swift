import Analytics

/// The answer of the database to a batch that it has committed.
struct Receipt: Sendable {
    /// The fate of each entry.
    var outcomes: [Outcome] = []
    var transaction: UInt64 = 0

    /// The events that were stored, by entries.
    func events(of batch: Batch) -> [[Event]] {
        zip(batch.entries, outcomes).map { $1 == .stored ? $0.events : [] }
    }
}

extension Batch {
    /// Reads what `open_batch` answers: the keys that were used before, and a row without a key for the transaction.
    func receipt(_ rows: [OpenBatch.Row]) -> Receipt {
        var receipt = Receipt()
        var used: [UsedKey] = []
        for row in rows {
            guard let answer = row.answer else { continue }
            if let key = row.key {
                used.append(UsedKey(key: key, answer: answer, fingerprint: row.fingerprint))
            } else {
                receipt.transaction = UInt64(answer) ?? 0
            }
        }
        receipt.outcomes = outcomes(used)
        return receipt
    }
}
