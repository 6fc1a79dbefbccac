import Analytics
import Logging
import Postgres
import ServiceLifecycle

/// Fills the live hours from the database, and follows what other servers commit.
struct LiveFollower: Sendable {
    private static let heartbeat: Duration = .seconds(10)
    private static let tick: Duration = .seconds(1)
    /// The wait before the next attempt when there are more users than may be kept.
    private static let pauseWhenFull: Duration = .seconds(60)

    let live: LiveAnswers
    let pool: Pool
    let record: TaskRecord
    let logger: Logger

    /// Follows until cancelled; a failure is logged and tried again, and the database answers meanwhile.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in ticks(every: Self.tick) { live.tick() }
            }
            var interruptions = Repetition()
            while !Task.isCancelled {
                var pause = Self.tick
                do {
                    try await pool.withConnection { try await follow($0) }
                    note(nil, &interruptions)
                } catch is LiveLoader.Full {
                    record.failed()
                    logger.warning(
                        "the live hours have too many users for the memory, the database answers",
                        metadata: ["live_users": "\(live.configuration.users)"]
                    )
                    pause = Self.pauseWhenFull
                } catch {
                    note(error, &interruptions)
                }
                live.end()
                try? await Task.sleep(for: pause)
            }
        }
    }

    /// Counts and logs an interruption, at debug level or, if they are frequent, as a warning.
    ///
    /// Meanwhile the database answers, which takes longer.
    private func note(_ error: (any Error)?, _ interruptions: inout Repetition) {
        guard !Task.isCancelled else { return }
        record.failed()
        let reason = error.map(descriptionForLog) ?? "everything has to be read again"
        if interruptions.note() {
            logger.warning(
                "the live hours are interrupted again and again, meanwhile the database answers, which takes longer",
                metadata: ["error": "\(reason)", "interruptions": "\(record.failures)"]
            )
        } else {
            logger.debug("live hours interrupted", metadata: ["error": "\(reason)"])
        }
    }

    private func follow(_ connection: Connection) async throws {
        _ = try await connection.execute(RegisterServer(id: live.id))
        _ = try await connection.execute(AwaitWriters())
        live.beginFilling()
        let filled = try await LiveLoader(start: live.start, limit: live.configuration.users).read(from: connection)
        guard live.begin(filled.sites, start: filled.start, at: filled.snapshot, ahead: filled.firstAhead) else {
            return
        }
        logger.debug("live hours in memory", metadata: ["since": "\(filled.start.milliseconds / 1000)"])
        try await look(connection, from: filled.snapshot)
        // After a failure, as after a kill, other servers store their live events for this one for another minute.
        try? await connection.run("SELECT leave_server('\(live.id)')")
    }

    /// Fetches the events of other servers for each question, and each second.
    private func look(_ connection: Connection, from first: Snapshot) async throws {
        var snapshot = first.text
        var nextHeartbeat = ContinuousClock.now
        for await _ in live.wishes {
            let waiters = live.takeWaiters()
            // With a low limit on connections, a pool for answering or storing may need this one.
            if pool.mustYield { return live.end(waiters) }
            let seen: String?
            do {
                seen = try await catchUp(connection, from: snapshot)
            } catch {
                live.end(waiters)
                throw error
            }
            guard let seen else { return live.end(waiters) }
            record.succeeded()
            snapshot = seen
            for waiter in waiters { waiter.resume(returning: true) }
            if ContinuousClock.now >= nextHeartbeat {
                _ = try await connection.execute(RegisterServer(id: live.id))
                nextHeartbeat = .now + Self.heartbeat
            }
        }
    }

    /// Adds the events that others have committed since a snapshot; returns the new snapshot, or nil if everything has
    /// to be read again.
    private func catchUp(_ connection: Connection, from snapshot: String) async throws -> String? {
        let rows = try await connection.execute(LiveBatches(own: live.id, previous: snapshot))
        guard let first = rows.first, first.isRegistered else { return nil }
        live.setFollowed(first.hasOthers)
        let batches = try rows.compactMap { row -> [Event]? in
            guard let site = row.site, let events = row.events else { return nil }
            return try PackedBlock(reading: events.span, of: site).events
        }
        return live.add(batches) ? first.snapshot : nil
    }
}
