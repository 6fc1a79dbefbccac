import Analytics
import Logging
import ServiceLifecycle
import Synchronization

extension Forwarder {
    /// Parts of records that are delivered in one transaction.
    private static let most = 10_000
    /// How often the database is told that the spool is in use.
    private static let heartbeat: Duration = .seconds(60)
    private static let shortestPause: Duration = .milliseconds(50)
    private static let longestPause: Duration = .seconds(1)
    /// How long to leave alone what is no outage of the database and needs somebody's attention.
    private static let pauseAfterFailure: Duration = .seconds(10)

    /// Delivers what is spooled, until the shutdown; what is left then is delivered after the next start.
    ///
    /// Whoever writes must have ended before.
    package func run() async {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask(executorPreference: self.executor) { await self.work() }
            }
        }
        // Whoever waits for a delivery would wait for ever.
        releaseWaiting()
        spool.close()
    }

    private func work() async {
        // What is left from last time has been waiting for longer; if it cannot be read, that is found out and logged soon.
        if let left = try? spool.next(from: spool.first, limit: 1) { oldest.withLock { $0 = left.oldest } }
        await withDiscardingTaskGroup { group in
            group.addTask {
                // Cancelled while waiting: the loop ends.
                while (try? await Task.sleep(for: Self.heartbeat)) != nil { self.arrival.yield() }
            }
            // At the start too, for what is left from last time and to say that the spool is in use.
            arrival.yield()
            // Being cancelled ends the stream.
            for await _ in arrivals { await deliverAll() }
        }
    }

    /// Delivers until the spool is empty, however long the database stays away.
    private func deliverAll() async {
        var pause = Self.shortestPause
        while !Task.isCancelled {
            do {
                return try await deliver()
            } catch is WriteError where isCurrent {
                return
            } catch is WriteError {
                pause = min(pause * 2, Self.longestPause)
            } catch  where !Task.isCancelled {
                logger.error("the spool cannot be delivered, will be tried again", metadata: ["error": "\(error)"])
                pause = Self.pauseAfterFailure
            } catch {}
            releaseWaiting()
            // Cancelled while waiting: the loop ends.
            try? await Task.sleep(for: pause)
        }
    }

    private func releaseWaiting() {
        for waiter in state.withLock({ $0.failed() }) { waiter.resume() }
    }

    /// Delivers what there is; what is spooled meanwhile, and not seen, announces itself.
    private func deliver() async throws {
        var place = try await locate(spool.id, spool.first, isCurrent)
        try spool.skip(to: place)
        var limit = Self.most
        var isCertain = false
        while !isCurrent {
            let end = spool.end
            guard let group = try spool.next(from: place, limit: limit, isCertain: isCertain) else {
                return try becomeCurrent(at: end)
            }
            oldest.withLock { $0 = group.oldest }
            do {
                _ = try await store(group.batch)
            } catch WriteError.refused where group.isInDoubt {
                // It has not been committed, or it would have been known by its id.
                isCertain = true
                continue
            } catch WriteError.refused where group.count > 1 {
                // What is refused is found by halving.
                limit = group.count / 2
                continue
            } catch WriteError.refused {
                try await leaveOut(group)
            }
            isCertain = false
            limit = min(limit * 2, Self.most)
            place = group.to
            try spool.forget(before: place)
            for waiter in state.withLock({ $0.delivered(events: group.count) }) { waiter.resume() }
        }
    }

    /// Keeps what the database refuses in a file of its own, and takes it out of the spool.
    private func leaveOut(_ group: Group) async throws {
        let events = group.batch.entries.flatMap(\.events)
        try spool.keepRefused(events)
        refused.add(events.count, ordering: .relaxed)
        logger.error(
            "the database has refused events that had been acknowledged, they are kept in the spool's refused.ndjson",
            metadata: ["events": "\(events.count)"]
        )
        _ = try await store(group.withoutEvents)
    }

    /// Goes back to storing at once when everything has been delivered.
    private func becomeCurrent(at end: SpoolPosition) throws {
        guard let waiters = state.withLock({ $0.drained { spool.end == end } }) else { return }
        for waiter in waiters { waiter.resume() }
        oldest.withLock { $0 = nil }
        logger.notice("everything that was spooled has been stored")
        try spool.clear(before: end)
    }
}
