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
                let receipt = try await send(batch)
                live.committed(batch.events(without: receipt.repeated), site: batch.site, in: receipt.transaction)
                return receipt.repeated
            } catch let error as PostgresError {
                if error.state == .uniqueViolation, error.constraint == "batch_pkey" {
                    // The live hours were not told of it the first time.
                    live.doubt()
                    return try await repeated(batch)
                }
                if error.state == .isElsewhere {
                    if isInDoubt { live.doubt() }
                    throw WriteError.misplaced
                }
                guard error.state.isTransient else { throw WriteError.refused(row: error.copyRow) }
                isInDoubt = isInDoubt || error.leavesCommitInDoubt
                failure = isInDoubt ? .unknown : .unavailable
            } catch is Pool.Refusal {
                failure = isInDoubt ? .unknown : .unavailable
            }
            let patience = isInDoubt ? configuration.doubt : configuration.patience
            do {
                guard start.duration(to: .now) < patience else { throw failure }
                try await Task.sleep(for: .milliseconds(50))
                resends.note()
            } catch {
                // It may have been stored, and nobody will look any more.
                if isInDoubt { live.doubt() }
                throw error
            }
        }
    }

    /// Sends a batch: one implicit transaction.
    ///
    /// A second time when another server wants its events and this one did not know.
    private func send(_ batch: Batch) async throws -> Receipt {
        do {
            return try await store(batch)
        } catch let error as PostgresError where error.state == .isFollowed {
            live.setFollowed(true)
            return try await store(batch)
        }
    }

    /// Stores a small batch by two statements in one round trip, a large one by a COPY.
    private func store(_ batch: Batch) async throws -> Receipt {
        let hour = live.configuration.now().hour
        let late = batch.lateEvents(before: hour)
        let opening = OpenBatch(
            batch: batch,
            writer: live.id,
            live: live.earliestForOthers,
            hour: hour,
            late: late.flatMap { lateBudget.take($0.count) ? $0 : nil }
        )
        return try await ingest.withConnection { connection in
            // A COPY can be sent behind any script.
            guard batch.isSmall, batch.delivery == nil else { return try await connection.copy(batch, opening) }
            do {
                return batch.receipt(try await connection.pipeline(opening, StoreEvents(batch: batch)).first)
            } catch let error as PostgresError where error.state.isDataError {
                // Only the COPY says which row it was.
                return try await connection.copy(batch, opening)
            }
        }
    }

    /// The batch had been committed when the connection was lost: only the answers have to be found again.
    ///
    /// If it was spooled since, the spool has yet to be told.
    private func repeated(_ batch: Batch) async throws -> [Int: String] {
        if let delivery = batch.delivery { return try await append(Batch(entries: [], delivery: delivery)) }
        let keys = batch.entries.compactMap(\.key?.text)
        guard !keys.isEmpty else { return [:] }
        let rows = try await ingest.withConnection { connection in
            try await connection.execute(RepeatedKeys(batch: batch.id, site: batch.site, keys: keys))
        }
        return batch.answers(repeated: rows.map { ($0.key, $0.answer) })
    }
}

/// What is known of a batch that has been committed.
private struct Receipt: Sendable {
    /// The answers of the entries, by their place, whose keys had been used before.
    var repeated: [Int: String] = [:]
    var transaction: UInt64 = 0
}

extension SQLState {
    /// Another server wants the events of a batch that came without them (`open_batch`).
    fileprivate static let isFollowed: SQLState = "HG001"
    /// The spool of a batch has been delivered to another place (`advance_spool`).
    fileprivate static let isElsewhere: SQLState = "HG002"
}

extension Batch {
    /// Whether it is stored by statements: from a thousand events on, measured, a COPY is as quick.
    ///
    /// Which events of entries with keys are stored is known only after the first statement has answered.
    fileprivate var isSmall: Bool {
        count <= 1_000 && entries.allSatisfy { $0.key == nil }
    }
}

extension Batch.Delivery {
    /// The call that notes what is delivered; it holds nothing but numbers and hexadecimal digits.
    fileprivate var script: String {
        "SELECT advance_spool('\(spool)', \(from.record), \(from.part), \(to.record), \(to.part));"
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
    fileprivate func copy(_ batch: Batch, _ opening: OpenBatch) throws -> Receipt {
        var receipt = Receipt()
        _ = try copy(
            after: (batch.delivery?.script ?? "") + opening.script,
            into: "event",
            columns: ["ts", "site_id", "kind", "user_id"]
        ) { answers, writer in
            receipt = batch.receipt(answers.filter { $0.count == 2 }.map { ($0[0], $0[1]) })
            for (index, entry) in batch.entries.enumerated() where receipt.repeated[index] == nil {
                for event in entry.events {
                    writer.beginRow()
                    writer.append(event.time.postgresMicroseconds)
                    writer.append(batch.site.rawValue)
                    writer.append(event.kind.rawValue)
                    writer.append(event.user.text)
                    try writer.endRow()
                }
            }
        }
        return receipt
    }
}

extension Batch {
    /// Reads what `open_batch` answers: the keys that are not new, and a row without a key for the transaction.
    fileprivate func receipt(_ rows: [OpenBatch.Row]) -> Receipt {
        var receipt = Receipt()
        var known: [(key: String, answer: String)] = []
        for row in rows {
            guard let answer = row.answer else { continue }
            if let key = row.key {
                known.append((key, answer))
            } else {
                receipt.transaction = UInt64(answer) ?? 0
            }
        }
        receipt.repeated = answers(repeated: known)
        return receipt
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

    /// The events that were stored, by entries.
    fileprivate func events(without repeated: [Int: String]) -> [[Event]] {
        entries.enumerated().map { index, entry in repeated[index] == nil ? entry.events : [] }
    }
}
