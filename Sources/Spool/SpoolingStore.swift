package import Analytics
import FoundationEssentials
package import Logging
import ServiceLifecycle
import Synchronization

/// A store in front of another one: while that one is away it keeps batches in a spool, and delivers them afterwards.
///
/// After the first spooled batch all others are spooled too, until everything has been delivered. So batches stay in
/// order, and of two requests with the same key the first one is stored.
package final class SpoolingStore: EventStore, Service {
    let spool: Spool
    /// The store behind this one.
    let store: any SpoolTarget
    let executor: (any TaskExecutor)?
    let logger: Logger
    let state: Mutex<State>
    let oldest = Mutex<Timestamp?>(nil)
    let refused = Atomic(0)
    let refusedEvents: RefusedEvents
    let leavingOut = Mutex(LeavingOut.unknown)
    /// The record of the delivery.
    let delivery = TaskRecord("delivery")
    let trouble = DeliveryTrouble()
    /// The layout of a record that keeps the delivery from going on, because this program does not know it.
    let unknownLayout = Mutex<StoredLayout.Unknown?>(nil)
    let longestTrouble: Duration
    let setAsideFolder: SetAsideFolder
    let setAside: Mutex<[SetAsideBatch]>
    let nextSetAside = Mutex(ContinuousClock.now)
    /// The signal that a batch has been spooled.
    let arrivals: AsyncStream<Void>
    let arrival: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - spool: The spool in which batches wait.
    ///   - store: The store to deliver them to.
    ///   - executor: The preferred executor of the delivery, which blocks its thread to read files.
    ///   - longestTrouble: The time after which a batch is set aside that cannot be stored while others can.
    ///   - logger: The logger of the beginning and the end of spooling, and of failures.
    package init(
        _ spool: Spool,
        before store: any SpoolTarget,
        executor: (any TaskExecutor)? = nil,
        longestTrouble: Duration = .seconds(60),
        logger: Logger
    ) {
        self.spool = spool
        self.store = store
        self.executor = executor
        self.longestTrouble = longestTrouble
        self.logger = logger
        refusedEvents = RefusedEvents(in: spool.directory.path)
        setAsideFolder = SetAsideFolder(in: spool.directory.path)
        // A read error is found again, and logged, by the first delivery.
        setAside = Mutex((try? setAsideFolder.all()) ?? [])
        state = Mutex(State(isSpooling: spool.first != spool.end))
        (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// True if all acknowledged events are in the store behind, left out, or set aside.
    package var isCurrent: Bool { !state.withLock { $0.isSpooling } }
    /// The time at which the oldest undelivered batch was spooled; nil if there is none.
    var oldestWritten: Timestamp? { isCurrent ? nil : oldest.withLock(\.self) }
    /// The number of acknowledged events that the store behind refused afterwards.
    var refusedCount: Int { refused.load(ordering: .relaxed) }
}

// MARK: Asking

extension SpoolingStore {
    package var keptSince: Timestamp? { store.keptSince }

    /// Asks the store behind, unless it lacks acknowledged events.
    package func note(_ refusals: [RefusedHit]) { store.note(refusals) }

    package func refusals(of site: SiteID, since: Timestamp) async throws -> RefusalReport {
        try await store.refusals(of: site, since: since)
    }

    package func refusedHits(of site: SiteID, in period: Period) async throws -> Int {
        try await store.refusedHits(of: site, in: period)
    }

    package func period(_ range: DateRange, on date: String?, of site: SiteID, zone: String) async throws -> Period {
        try await store.period(range, on: date, of: site, zone: zone)
    }

    package func lastDate(of site: SiteID, zone: String) async throws -> String? {
        try await store.lastDate(of: site, zone: zone)
    }

    package func buckets(of unit: TimeUnit, in period: Period, zone: String) async throws -> Buckets {
        try await store.buckets(of: unit, in: period, zone: zone)
    }

    package func leftOut(of site: SiteID, in period: Period) async throws -> LeftOutHits {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        return try await store.leftOut(of: site, in: period)
    }

    package func lateHits(of site: SiteID, in period: Period) async throws -> HitCounts {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        return try await store.lateHits(of: site, in: period)
    }

    package func changes(
        of site: SiteID,
        in period: Period,
        zone: String,
        between before: Timestamp,
        and after: Timestamp
    ) async throws -> HitChanges {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        return try await store.changes(of: site, in: period, zone: zone, between: before, and: after)
    }

    package func report(_ query: Query) async throws -> Report {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        return try await store.report(query)
    }

    package func reports(_ queries: [Query]) async throws -> [Report] {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        return try await store.reports(queries)
    }

    package func funnel(_ query: FunnelQuery) async throws -> FunnelReport {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        return try await store.funnel(query)
    }

    package func retention(_ query: RetentionQuery) async throws -> RetentionReport {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        return try await store.retention(query)
    }

    package func paths(_ query: PathQuery) async throws -> PathReport {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        return try await store.paths(query)
    }

    package func properties(_ query: Query) async throws -> [PropertyUse] {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        return try await store.properties(query)
    }

    package func visits(_ query: VisitQuery) async throws -> FoundVisits {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        return try await store.visits(query)
    }

    package func visit(_ key: VisitKey, of site: SiteID, after offset: Int) async throws -> VisitCourse? {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        return try await store.visit(key, of: site, after: offset)
    }

    package func list(_ query: ListQuery, _ take: @escaping @Sendable ([ListedRow]) async throws -> Void) async throws {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        try await store.list(query, take)
    }

    package func recent(of site: SiteID) -> any RecentHits {
        CurrentHits(store: self, hits: store.recent(of: site))
    }

    package func user(
        _ visitor: Visitor,
        of site: SiteID,
        from first: UserReport.Cursor?,
        limit: Int
    ) async throws -> UserReport? {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        return try await store.user(visitor, of: site, from: first, limit: limit)
    }

    /// Forgets a user; what is still in the spool of the user is dropped when it is delivered.
    package func forget(_ user: User, _ visitor: Visitor, of site: SiteID) async throws -> Job {
        try await store.forget(user, visitor, of: site)
    }

    package func jobs(of site: SiteID, before last: Int?, limit: Int) async throws -> [Job] {
        try await store.jobs(of: site, before: last, limit: limit)
    }

    package func hour(of site: SiteID, endingAt moment: Timestamp) async throws -> HourReport {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        guard !lacksEvents(of: site, at: moment) else { throw QueryError.incomplete(.setAside) }
        return try await store.hour(of: site, endingAt: moment)
    }

    package func hours(of site: SiteID, endingAt steps: HourSteps) async throws -> [HourReport] {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        guard !steps.moments.contains(where: { lacksEvents(of: site, at: $0) }) else {
            throw QueryError.incomplete(.setAside)
        }
        return try await store.hours(of: site, endingAt: steps)
    }
}

// MARK: Writing

extension SpoolingStore {
    /// Commits a batch, or writes it to the spool.
    ///
    /// Spooling blocks the thread. Repeated keys are found only by the delivery, so all entries are reported as stored.
    package func append(_ batch: Batch) async throws -> [Outcome] {
        while true {
            switch state.withLock({ $0.turn(events: batch.count) }) {
            case .store:
                do {
                    return try await store.append(batch)
                } catch let error as WriteError where error == .unavailable || error == .unknown {
                    if state.withLock({ $0.beginSpooling() }) {
                        logger.warning("the database takes no events, they are spooled")
                    }
                    try spool(batch, isInDoubt: error == .unknown)
                    return batch.allStored
                }
            case .spool:
                try spool(batch, isInDoubt: false)
                return batch.allStored
            case .wait: await waitForDelivery()
            }
        }
    }

    private func spool(_ batch: Batch, isInDoubt: Bool) throws {
        defer {
            state.withLock { $0.appended() }
            arrival.yield()
        }
        do throws(Spool.Failure) {
            try spool.append(batch, isInDoubt: isInDoubt)
        } catch {
            if error == .unsynced {
                logger.critical("the disk has not taken what was spooled, nothing more is spooled until a restart")
            }
            throw error.writeError(isInDoubt: isInDoubt)
        }
        noteOldest(Timestamp.now)
    }

    private func noteOldest(_ moment: Timestamp) {
        oldest.withLock { oldest in
            if oldest == nil { oldest = moment }
        }
    }

    private func waitForDelivery() async {
        await withCheckedContinuation { continuation in
            if !state.withLock({ $0.wait(continuation) }) { continuation.resume() }
        }
    }
}

extension Spool.Failure {
    /// The error to report for a batch; the outcome of one in doubt stays unknown, because it may have been committed.
    fileprivate func writeError(isInDoubt: Bool) -> WriteError {
        switch self {
        case .unsynced: .unknown
        case _ where isInDoubt: .unknown
        case .full: .spoolFull
        case .broken, .inUse, .unusable: .spoolBroken
        }
    }
}

extension Batch {
    /// The outcomes if every entry is stored.
    fileprivate var allStored: [Outcome] { Array(repeating: .stored, count: entries.count) }
}

/// The hits of the last half hour in the store behind, as long as it lacks nothing.
private struct CurrentHits: RecentHits {
    let store: SpoolingStore
    let hits: any RecentHits

    func read(at moment: Timestamp, hits most: Int) async throws -> RecentReading {
        guard store.isCurrent else { throw QueryError.incomplete(.undelivered) }
        return try await hits.read(at: moment, hits: most)
    }
}
