import Analytics
import Logging
import ServiceLifecycle
import Synchronization

extension SpoolingStore {
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
                try await deliver()
                return delivery.succeeded()
            } catch is WriteError where isCurrent {
                return delivery.failed()
            } catch is WriteError {
                delivery.failed()
                pause = min(pause * 2, Self.longestPause)
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

    private func releaseWaiting() {
        for waiter in state.withLock({ $0.failed() }) { waiter.resume() }
    }

    /// Delivers what there is; what is spooled meanwhile, and not seen, announces itself.
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
        // Up to here records are delivered one by one, to find the one that is in trouble.
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
                // It has not been committed, or it would have been known by its id.
                isCertain = true
                continue
            } catch WriteError.refused where group.count > 1 {
                // What is refused is found by halving.
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

    /// Keeps what the database refuses in a file of its own, and takes it out of the spool.
    private func leaveOut(_ group: SpoolBatch, _ rejection: Rejection) async throws {
        let events = group.batch.entries.flatMap(\.events)
        try refusedEvents.append(events, at: group.from, rejection)
        leavingOut.withLock { $0 = .position(group.from, events: events.count) }
        _ = try await store.append(group.withoutEvents)
        try settleLeftOut(before: group.to)
    }

    /// Settles what was left out and set aside, now that it is known up to where the database has the spool: what lies
    /// from there on is delivered again.
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

    /// Goes back to storing at once when everything has been delivered.
    private func becomeCurrent(at end: SpoolPosition) throws {
        guard let waiters = state.withLock({ $0.drained { spool.end == end } }) else { return }
        for waiter in waiters { waiter.resume() }
        oldest.withLock { $0 = nil }
        logger.notice("everything that was spooled has been stored")
        try spool.clear(before: end)
    }
}
