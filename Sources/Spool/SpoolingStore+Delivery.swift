import Analytics
import Logging
import ServiceLifecycle
import Synchronization

extension SpoolingStore {
    /// The most parts of records in one transaction.
    private static let most = 10_000
    /// The interval at which the database is told that the spool is in use.
    private static let heartbeat: Duration = .seconds(60)
    private static let shortestPause: Duration = .milliseconds(50)
    private static let longestPause: Duration = .seconds(1)
    /// The pause after an error other than an outage of the database, such as one of the disk: it needs an operator.
    private static let pauseAfterFailure: Duration = .seconds(10)

    /// Delivers spooled batches until the shutdown; the rest is delivered after the next start.
    ///
    /// All writers must have ended before the shutdown.
    package func run() async {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask(executorPreference: self.executor) { await self.work() }
            }
        }
        // Without further deliveries, waiting writers would wait forever.
        releaseWaiting()
        spool.close()
    }

    private func work() async {
        // The oldest batch may be of an earlier process. A read error is found again, and logged, by the delivery.
        if let left = try? spool.next(from: spool.first, limit: 1) { oldest.withLock { $0 = left.oldest } }
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in ticks(every: Self.heartbeat) { self.arrival.yield() }
            }
            // Starts a delivery at once: of batches of an earlier process, and to tell that the spool is in use.
            arrival.yield()
            // Cancellation ends the stream.
            for await _ in arrivals { await deliverAll() }
        }
    }

    /// Delivers until the spool is empty, however long the database stays away.
    private func deliverAll() async {
        var pause = Self.shortestPause
        while !Task.isCancelled {
            do {
                try await deliver()
                return delivery.succeeded()
            } catch is WriteError where isCurrent {
                return delivery.failed()
            } catch is WriteError {
                delivery.failed()
                pause = min(pause * 2, Self.longestPause)
            } catch let layout as StoredLayout.Unknown {
                note(layout)
                pause = Self.pauseAfterFailure
            } catch  where !Task.isCancelled {
                delivery.failed()
                logger.error("the spool cannot be delivered, will be tried again", metadata: ["error": "\(error)"])
                pause = Self.pauseAfterFailure
            } catch {}
            releaseWaiting()
            // Cancelled while waiting: the loop ends.
            try? await Task.sleep(for: pause)
        }
    }

    /// Notes that the spool has a record of a layout that this program does not know; logs it once.
    private func note(_ layout: StoredLayout.Unknown) {
        delivery.failed()
        let isNew = unknownLayout.withLock { known in
            defer { known = layout }
            return known != layout
        }
        guard isNew else { return }
        logger.error("the spool cannot be delivered, its files are kept", metadata: ["reason": "\(layout)"])
    }

    private func releaseWaiting() {
        for waiter in state.withLock({ $0.failed() }) { waiter.resume() }
    }

    /// Delivers the spooled batches; one that is spooled too late to be seen starts another delivery.
    private func deliver() async throws {
        var place = try await store.locate(
            spool.id,
            first: spool.first,
            isEmpty: isCurrent && setAside.withLock(\.isEmpty)
        )
        try settleLeftOut(before: place)
        try spool.skip(to: place)
        var limit = Self.most
        var isCertain = false
        // Records before this position are delivered one by one, to find the one that cannot be stored.
        var aloneUntil = place
        while !isCurrent {
            let end = spool.end
            let isAlone = place < aloneUntil
            let next = try spool.next(
                from: place,
                limit: isAlone ? .max : limit,
                isCertain: isCertain,
                isAlone: isAlone
            )
            guard let group = next else {
                try becomeCurrent(at: end)
                break
            }
            oldest.withLock { $0 = group.oldest }
            do {
                _ = try await store.append(group.batch)
                trouble.over()
            } catch WriteError.refused where group.isInDoubt {
                // The database recognizes a committed batch by its id, so this one was not committed.
                isCertain = true
                continue
            } catch WriteError.refused where group.count > 1 {
                // Halves the batch until it has only the refused part.
                aloneUntil = place
                limit = group.count / 2
                continue
            } catch WriteError.refused(_, let rejection) {
                try await leaveOut(group, rejection)
            } catch let error as WriteError where error == .unavailable || error == .unknown {
                guard await isTroubleOfItsOwn(at: place) else { throw error }
                guard isAlone else {
                    aloneUntil = group.to
                    continue
                }
                try await setAside(group)
            }
            isCertain = false
            limit = min(limit * 2, Self.most)
            place = group.to
            try spool.forget(before: place)
            for waiter in state.withLock({ $0.delivered(events: group.count) }) { waiter.resume() }
        }
        try await deliverSetAside()
    }

    /// Writes events that the database refuses to a file, and moves the spool's position behind them.
    private func leaveOut(_ group: SpoolBatch, _ rejection: Rejection) async throws {
        try refusedEvents.append(group.batch, at: group.from, rejection)
        leavingOut.withLock { $0 = .position(group.from, events: group.batch.count) }
        _ = try await store.append(group.withoutEvents)
        try settleLeftOut(before: group.to)
    }

    /// Settles the events left out and the batches set aside, by the position of the spool in the database: those at or
    /// behind it are delivered again, so they are removed from their files.
    private func settleLeftOut(before position: SpoolPosition) throws {
        let last = leavingOut.withLock { last in
            defer { last = .settled }
            return last
        }
        switch last {
        case .settled: break
        case .unknown: try refusedEvents.removeAll(from: position)
        case .position(let own, _) where own >= position: try refusedEvents.removeAll(from: position)
        case .position(_, let events):
            refused.add(events, ordering: .relaxed)
            logger.error(
                "the database has refused events that had been acknowledged, they are kept in the spool's refused.ndjson",
                metadata: ["events": "\(events)"]
            )
        }
        try settleSetAside(before: position)
    }

    /// Ends spooling if everything has been delivered.
    private func becomeCurrent(at end: SpoolPosition) throws {
        guard let waiters = state.withLock({ $0.drained { spool.end == end } }) else { return }
        for waiter in waiters { waiter.resume() }
        oldest.withLock { $0 = nil }
        logger.notice("everything that was spooled has been stored")
        try spool.clear(before: end)
    }
}
