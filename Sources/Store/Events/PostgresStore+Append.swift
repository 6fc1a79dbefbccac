package import Analytics
import Postgres
import Synchronization

extension PostgresStore {
    /// Commits a batch, exactly once, however often it has to be sent.
    ///
    /// An error about the values of its events refuses the batch. After any other error of the database it is sent
    /// again for at most `retryFor`, or `doubt` if a COMMIT may have happened.
    ///
    /// - Returns: The outcome of each entry, in order.
    /// - Throws: `WriteError`.
    package func append(_ batch: Batch) async throws -> [Outcome] {
        let start = ContinuousClock.now
        let ticket = writing.begin(at: start)
        defer { writing.end(ticket) }
        var isInDoubt = false
        while true {
            let failure: DatabaseFailure
            do {
                let outcomes = try await attempt(batch)
                writing.succeeded()
                return outcomes
            } catch let error as WriteError {
                if error == .misplaced, isInDoubt { live.doubt() }
                throw error
            } catch {
                guard let known = DatabaseFailure(error) else { throw error }
                isInDoubt = isInDoubt || known.leavesCommitInDoubt
                if known.mayChangeServer { dictionaries.clear() }
                failure = known
            }
            let elapsed = start.duration(to: .now)
            let retryTime = isInDoubt ? configuration.doubt : configuration.retryFor
            guard elapsed < retryTime else { throw giveUp(failure, isInDoubt: isInDoubt) }
            // A batch in doubt is retried for longer than `retryFor`, but readiness has to report the failure by then.
            if elapsed >= configuration.retryFor { writing.failed(failure) }
            do {
                try await Task.sleep(for: .milliseconds(50))
            } catch {
                _ = giveUp(failure, isInDoubt: isInDoubt)
                throw error
            }
            resends.add(1, ordering: .relaxed)
        }
    }

    /// Notes that a batch could not be stored in time.
    private func giveUp(_ failure: DatabaseFailure, isInDoubt: Bool) -> WriteError {
        writing.failed(failure)
        // The batch may have been stored, and without another attempt the live hours would miss its events.
        if isInDoubt { live.doubt() }
        return isInDoubt ? .unknown : .unavailable
    }

    /// Sends a batch once.
    ///
    /// - Throws: `WriteError.refused` and `.misplaced`; a `PostgresError` or `Pool.Refusal` when the database fails.
    func attempt(_ batch: Batch) async throws -> [Outcome] {
        do {
            let receipt = try await send(batch)
            live.committed(receipt.rows.events, in: receipt.transaction)
            return receipt.outcomes
        } catch let refused as RefusedRow {
            guard try await isRefusal(refused.error) else { throw refused.error }
            throw WriteError.refused(row: refused.place)
        } catch let error as PostgresError {
            switch error.state {
            case .uniqueViolation where error.constraint == "batch_pkey":
                // An earlier attempt has stored the batch, but its events were not added to the live hours.
                live.doubt()
                return try await repeated(batch)
            case .isElsewhere: throw WriteError.misplaced
            case .hasForgotten: return try await attemptWithoutForgotten(batch)
            case .isExpired: throw try await expired(batch, error)
            default:
                guard try await isRefusal(error) else { throw error }
                throw WriteError.refused(row: try await refusedRow(of: batch))
            }
        }
    }

    /// Sends a batch: one implicit transaction.
    ///
    /// It is sent a second time if another server follows and the first attempt left out the live events.
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
        let now = live.configuration.now
        let late = batch.lateEvents(before: now().hour)
        let opening = opening(batch, late: late.flatMap { lateBudget.take($0.count) ? $0 : nil })
        return try await ingest.withConnection { connection in
            // A batch of a spool begins with two calls, and only a COPY can be sent behind a script.
            guard batch.isSmall, batch.spoolRange == nil, batch.comparison.kept.isEmpty else {
                let entries = try await self.entryIDs(of: batch, connection)
                return try await connection.copy(batch, opening, entries, now: now)
            }
            do {
                return batch.receipt(try await connection.pipeline(opening, StoreEvents(batch: batch)).first)
            } catch let error as PostgresError where error.state.isValueError || error.state == .checkViolation {
                // Only the error of a COPY names the row.
                return try await connection.copy(batch, opening, EntryIDs(), now: now)
            }
        }
    }

    /// The call that begins the transaction of a batch.
    func opening(_ batch: Batch, late: [Event]?) -> OpenBatch {
        OpenBatch(
            batch: batch,
            writer: live.id,
            live: live.earliestForOthers,
            hour: live.configuration.now().hour,
            late: late
        )
    }

    /// Finds the outcomes of a batch that an earlier attempt has committed.
    ///
    /// If the batch has been spooled since, the position of its spool is still to be moved.
    private func repeated(_ batch: Batch) async throws -> [Outcome] {
        if let range = batch.spoolRange {
            _ = try await attempt(Batch(entries: [], spoolRange: range))
            return batch.outcomes([])
        }
        let requests = batch.entries.compactMap(\.request)
        guard !requests.isEmpty else { return batch.outcomes([]) }
        let used = try await ingest.withConnection { connection in
            try await connection.execute(UsedKeys(batch: batch.id, requests: requests))
        }
        return batch.outcomes(used)
    }
}

extension SQLState {
    /// A batch came without live events, and another server follows (`open_batch`).
    fileprivate static let isFollowed: SQLState = "HG001"
    /// The rows of a batch have to be compared with the users that their sites have forgotten (`check_forgotten`).
    fileprivate static let hasForgotten: SQLState = "HG003"
    /// The spool of a batch has been delivered to another position (`advance_spool`).
    fileprivate static let isElsewhere: SQLState = "HG002"
}

extension Batch {
    /// True if the batch is stored by statements: from a thousand events on, measured, a COPY is as quick.
    ///
    /// Entries with keys, hits and identities need a COPY: only the result of the first statement tells which of them
    /// are to be stored.
    fileprivate var isSmall: Bool {
        count <= 1_000 && entries.allSatisfy { $0.request == nil && $0.hits.isEmpty && $0.identities.isEmpty }
    }
}
