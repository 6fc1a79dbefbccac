package import Analytics
import Postgres
import Synchronization

extension PostgresStore {
    /// Commits a batch, exactly once, however often it has to be sent.
    ///
    /// Only what is wrong with its events makes it refused. Whatever else goes wrong is the database's trouble: the batch
    /// is sent again until the retry time is over.
    ///
    /// - Returns: What became of each entry, in order.
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
                failure = known
            }
            let elapsed = start.duration(to: .now)
            let retryTime = isInDoubt ? configuration.doubt : configuration.retryFor
            guard elapsed < retryTime else { throw giveUp(failure, isInDoubt: isInDoubt) }
            // What is in doubt goes on for longer, and whoever asks after readiness has to be told before.
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
        // It may have been stored, and nobody will look any more.
        if isInDoubt { live.doubt() }
        return isInDoubt ? .unknown : .unavailable
    }

    /// Sends a batch once.
    ///
    /// - Throws: `WriteError.refused` and `.misplaced`; a `PostgresError` or `Pool.Refusal` when the database is in trouble.
    func attempt(_ batch: Batch) async throws -> [Outcome] {
        do {
            let receipt = try await send(batch)
            live.committed(receipt.events(of: batch), site: batch.site, in: receipt.transaction)
            return receipt.outcomes
        } catch let error as PostgresError {
            switch error.state {
            case .uniqueViolation where error.constraint == "batch_pkey":
                // The live hours were not told of it the first time.
                live.doubt()
                return try await repeated(batch)
            case .isElsewhere: throw WriteError.misplaced
            case .isExpired: throw expired(batch, error)
            default:
                guard try await isRefusal(error) else { throw error }
                throw WriteError.refused(row: try await refusedRow(of: batch, error))
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
        let late = batch.lateEvents(before: live.configuration.now().hour)
        let opening = opening(batch, late: late.flatMap { lateBudget.take($0.count) ? $0 : nil })
        return try await ingest.withConnection { connection in
            // A COPY can be sent behind any script.
            guard batch.isSmall, batch.spoolRange == nil else { return try await connection.copy(batch, opening) }
            do {
                return batch.receipt(try await connection.pipeline(opening, StoreEvents(batch: batch)).first)
            } catch let error as PostgresError where error.state.isValueError || error.state == .checkViolation {
                // Only the COPY says which row it was.
                return try await connection.copy(batch, opening)
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

    /// The batch had been committed when the connection was lost: only the answers have to be found again.
    ///
    /// If it was spooled since, the spool has yet to be told.
    private func repeated(_ batch: Batch) async throws -> [Outcome] {
        if let range = batch.spoolRange {
            _ = try await attempt(Batch(entries: [], spoolRange: range))
            return batch.outcomes([])
        }
        let keys = batch.entries.compactMap(\.key?.text)
        guard !keys.isEmpty else { return batch.outcomes([]) }
        let used = try await ingest.withConnection { connection in
            try await connection.execute(UsedKeys(batch: batch.id, site: batch.site, keys: keys))
        }
        return batch.outcomes(used)
    }
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
