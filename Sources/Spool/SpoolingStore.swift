package import Analytics
import FoundationEssentials
package import Logging
import ServiceLifecycle
import Synchronization

/// A store in front of another one: while that one is away it keeps batches in a spool, and then delivers them.
///
/// From the first batch that is spooled on all go the same way, until everything has been delivered; so they stay in
/// order, and a key that is used twice is the first one's.
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
    let longestTrouble: Duration
    let setAsideFolder: SetAsideFolder
    let setAside: Mutex<[SetAsideBatch]>
    let nextSetAside = Mutex(ContinuousClock.now)
    /// Says that something has been spooled.
    let arrivals: AsyncStream<Void>
    let arrival: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - spool: Where batches wait.
    ///   - store: The store to deliver them to.
    ///   - executor: What the delivery prefers to run on: it reads files, which blocks.
    ///   - longestTrouble: After what time a batch is set aside that cannot be stored while others can.
    ///   - logger: Is told when spooling begins and ends.
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
        // Files that cannot be read are found again, and reported, by the first delivery.
        setAside = Mutex((try? setAsideFolder.all()) ?? [])
        state = Mutex(State(isSpooling: spool.first != spool.end))
        (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// True if everything that has been acknowledged is in the store behind, or set aside.
    var isCurrent: Bool { !state.withLock { $0.isSpooling } }
    /// The time at which the first batch was spooled that has not been delivered; nil when there is none.
    var oldestWritten: Timestamp? { isCurrent ? nil : oldest.withLock(\.self) }
    /// Events that were acknowledged, and that the store behind refused afterwards.
    var refusedCount: Int { refused.load(ordering: .relaxed) }
}

// MARK: Asking

extension SpoolingStore {
    package var keptSince: Timestamp? { store.keptSince }

    /// Asks the store behind, unless it lacks events that have been acknowledged.
    package func hour(of site: SiteID, endingAt moment: Timestamp) async throws -> HourReport {
        guard isCurrent else { throw QueryError.incomplete(.undelivered) }
        guard !lacksEvents(of: site, at: moment) else { throw QueryError.incomplete(.setAside) }
        return try await store.hour(of: site, endingAt: moment)
    }
}

// MARK: Writing

extension SpoolingStore {
    /// Commits a batch, or brings it to the disk.
    ///
    /// The latter blocks, and until it is delivered no key is known to have been used before: all entries are stored.
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
        noteOldest(Timestamp(Date.now))
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
    /// The same failure as it is reported for a batch, which the store behind may have committed if it is in doubt.
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
    /// The outcomes when each entry is stored.
    fileprivate var allStored: [Outcome] { Array(repeating: .stored, count: entries.count) }
}
