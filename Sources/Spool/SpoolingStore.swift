package import Analytics
package import FoundationEssentials
package import Logging
import ServiceLifecycle
import Synchronization

/// Stores batches in the database, or in the spool while the database is away, and delivers what is spooled.
///
/// From the first batch that is spooled on all go the same way, until everything has been delivered; so they stay in
/// order, and a key that is used twice is the first one's.
package final class SpoolingStore: Service {
    /// Commits a batch; returns what became of each entry, in order.
    package typealias Store = @Sendable (Batch) async throws -> [Outcome]
    /// Asks the database up to where it has a spool.
    ///
    /// A spool that it does not know begins at `first`. With `isEmpty` it may forget the ids of earlier batches.
    package typealias Locate =
        @Sendable (_ spool: UUID, _ first: SpoolPosition, _ isEmpty: Bool) async throws ->
        SpoolPosition

    package let spool: Spool
    let executor: (any TaskExecutor)?
    let logger: Logger
    let store: Store
    let locate: Locate
    let state: Mutex<State>
    let oldest = Mutex<Timestamp?>(nil)
    let refused = Atomic(0)
    let refusedEvents: RefusedEvents
    let leavingOut = Mutex(LeavingOut.unknown)
    /// The record of the delivery.
    package let delivery = TaskRecord("delivery")
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
    ///   - executor: What the delivery prefers to run on: it reads files, which blocks.
    ///   - longestTrouble: After what time a batch is set aside that cannot be stored while others can.
    ///   - logger: Is told when spooling begins and ends.
    ///   - store: Commits a batch.
    ///   - locate: Asks up to where the database has the spool.
    package init(
        _ spool: Spool,
        executor: (any TaskExecutor)? = nil,
        longestTrouble: Duration = .seconds(60),
        logger: Logger,
        store: @escaping Store,
        locate: @escaping Locate
    ) {
        self.spool = spool
        self.executor = executor
        self.longestTrouble = longestTrouble
        self.logger = logger
        refusedEvents = RefusedEvents(in: spool.directory.path)
        setAsideFolder = SetAsideFolder(in: spool.directory.path)
        // Files that cannot be read are found again, and reported, by the first delivery.
        setAside = Mutex((try? setAsideFolder.all()) ?? [])
        self.store = store
        self.locate = locate
        state = Mutex(State(isSpooling: spool.first != spool.end))
        (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Whether everything that has been acknowledged is in the database.
    package var isCurrent: Bool { !state.withLock { $0.isSpooling } }
    /// When the first batch was spooled that has not been delivered; nil when there is none.
    package var oldestWritten: Timestamp? { isCurrent ? nil : oldest.withLock(\.self) }
    /// Events that were acknowledged, and that the database refused afterwards.
    package var refusedCount: Int { refused.load(ordering: .relaxed) }
}

// MARK: Writing

extension SpoolingStore {
    /// Commits a batch, or brings it to the disk.
    ///
    /// The latter blocks.
    ///
    /// - Returns: What became of each entry, in order: while the database is away, no key is known to have been used before.
    /// - Throws: What the store throws, and `Spool.Failure` when there is no room for the batch.
    package func write(_ batch: Batch) async throws -> [Outcome] {
        while true {
            switch state.withLock({ $0.turn(events: batch.count) }) {
            case .store:
                do {
                    return try await store(batch)
                } catch let error as WriteError where error == .unavailable || error == .unknown {
                    if state.withLock({ $0.beginSpooling() }) {
                        logger.warning("the database takes no events, they are spooled")
                    }
                    try append(batch, isInDoubt: error == .unknown)
                    return batch.allStored
                }
            case .spool:
                try append(batch, isInDoubt: false)
                return batch.allStored
            case .wait: await waitForDelivery()
            }
        }
    }

    private func append(_ batch: Batch, isInDoubt: Bool) throws {
        defer {
            state.withLock { $0.appended() }
            arrival.yield()
        }
        do throws(Spool.Failure) {
            try spool.append(batch, isInDoubt: isInDoubt)
        } catch .unsynced {
            logger.critical("the disk has not taken what was spooled, nothing more is spooled until a restart")
            throw WriteError.unknown
        } catch  where isInDoubt {
            throw WriteError.unknown
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

extension Batch {
    /// The outcomes when each entry is stored.
    fileprivate var allStored: [Outcome] { Array(repeating: .stored, count: entries.count) }
}
