import Analytics

/// The answer of the database to a batch that it has committed.
struct Receipt: Sendable {
    /// The outcome of each entry, in order.
    var outcomes: [Outcome] = []
    var transaction: UInt64 = 0

    /// The events that were stored, by entries.
    func events(of batch: Batch) -> [[Event]] {
        zip(batch.entries, outcomes).map { $1 == .stored ? $0.events : [] }
    }
}

extension Batch {
    /// Reads the rows of `open_batch`: the keys that were used before, and a row without a key for the transaction.
    func receipt(_ rows: [OpenBatch.Row]) -> Receipt {
        var receipt = Receipt()
        var used: [UsedKey] = []
        for row in rows {
            guard let response = row.response else { continue }
            if let key = row.key {
                used.append(UsedKey(key: key, firstResponse: response, fingerprint: row.fingerprint))
            } else {
                receipt.transaction = UInt64(response) ?? 0
            }
        }
        receipt.outcomes = outcomes(used)
        return receipt
    }
}
