package import Analytics
import Postgres

extension Store {
    /// Commits a batch, exactly once, however often it has to be sent.
    ///
    /// - Returns: The answers of the entries, by their place, whose keys had been used before.
    /// - Throws: `WriteError`.
    package func append(_ batch: Batch) async throws -> [Int: String] {
        let start = ContinuousClock.now
        var isInDoubt = false
        while true {
            let failure: WriteError
            do {
                return try await ingest.withConnection { try await $0.append(batch) }
            } catch let error as PostgresError {
                if error.state == .uniqueViolation, error.constraint == "batch_pkey" {
                    return try await repeated(batch)
                }
                guard error.state.isTransient else { throw WriteError.refused(row: error.copyRow) }
                isInDoubt = isInDoubt || error.leavesCommitInDoubt
                failure = isInDoubt ? .unknown : .unavailable
            } catch is Pool.Refusal {
                failure = isInDoubt ? .unknown : .unavailable
            }
            let patience = isInDoubt ? configuration.doubt : configuration.patience
            guard start.duration(to: .now) < patience else { throw failure }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// The batch had been committed when the connection was lost: only the answers have to be found again.
    private func repeated(_ batch: Batch) async throws -> [Int: String] {
        let keys = batch.entries.compactMap(\.key?.text)
        guard !keys.isEmpty else { return [:] }
        let rows = try await ingest.withConnection { connection in
            try await connection.execute(RepeatedKeys(batch: batch.id, site: batch.site, keys: keys))
        }
        return batch.answers(repeated: rows.map { ($0.key, $0.answer) })
    }
}

extension PostgresError {
    /// Whether a transaction that was being committed may have been.
    ///
    /// An error that the server reports has rolled it back, unless the server was going away meanwhile.
    fileprivate var leavesCommitInDoubt: Bool {
        state == .none || ["08", "57", "XX"].contains(state.category)
    }
}

extension Connection {
    /// Sends a batch: one implicit transaction, one round trip.
    fileprivate func append(_ batch: Batch) throws -> [Int: String] {
        var repeated: [Int: String] = [:]
        _ = try copy(
            after: batch.opening,
            into: "event",
            columns: ["ts", "site_id", "kind", "user_id"]
        ) { answers, writer in
            repeated = batch.answers(
                repeated: answers.compactMap { row in
                    guard row.count == 2, let key = row[0], let answer = row[1] else { return nil }
                    return (key, answer)
                }
            )
            for (index, entry) in batch.entries.enumerated() where repeated[index] == nil {
                for event in entry.events {
                    try writer.row(event.time, batch.site.rawValue, event.kind.rawValue, event.user.text)
                }
            }
        }
        return repeated
    }
}

extension Batch {
    /// The call that begins the batch's transaction.
    ///
    /// It is sent as text together with the COPY, so it holds nothing but numbers and hexadecimal digits.
    fileprivate var opening: String {
        var hours: Set<Int> = []
        for entry in entries {
            for event in entry.events { hours.insert(event.time.hour) }
        }
        var keys: [String] = []
        var answers: [String] = []
        for entry in firstUses {
            keys.append(entry.key.text.hexadecimal)
            answers.append(entry.answer.hexadecimal)
        }
        let list = hours.map(String.init).joined(separator: ",")
        return """
            SELECT key, answer FROM open_batch('\(id)', \(site.rawValue), '{\(list)}', \
            '{\(keys.joined(separator: ","))}', '{\(answers.map { "\"\($0)\"" }.joined(separator: ","))}');
            """
    }

    /// The entries with a key, each key once.
    private var firstUses: [(key: IdempotencyKey, answer: String)] {
        var seen: Set<IdempotencyKey> = []
        return entries.compactMap { entry in
            guard let key = entry.key, seen.insert(key).inserted else { return nil }
            return (key, entry.answer)
        }
    }

    /// The first answers of the entries whose keys are not new: used by an earlier batch, or earlier in this one.
    fileprivate func answers(repeated: [(key: String, answer: String)]) -> [Int: String] {
        guard entries.contains(where: { $0.key != nil }) else { return [:] }
        var known = Dictionary(repeated, uniquingKeysWith: { first, _ in first })
        var answers: [Int: String] = [:]
        for (index, entry) in entries.enumerated() {
            guard let key = entry.key?.text else { continue }
            if let answer = known[key] {
                answers[index] = answer
            } else {
                known[key] = entry.answer
            }
        }
        return answers
    }
}

extension String {
    /// The bytes of the text, two hexadecimal digits each.
    fileprivate var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
