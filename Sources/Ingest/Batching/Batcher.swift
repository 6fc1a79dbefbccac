package import Analytics
import ServiceLifecycle
import Synchronization

/// Collects events during a write, and writes them together when it ends (group commit).
///
/// An idle batcher writes an event at once, a busy one forms large batches by itself: the more events come during a
/// write, the more the next one takes. Only after a write of a busy batcher does it wait for a moment (`gather`).
package final class Batcher: Service {
    package struct Limits: Sendable {
        /// The most events in a batch.
        ///
        /// An entry is never split: a larger one is a batch of its own.
        package var batch = 10_000
        /// The most events queued and being written.
        ///
        /// A larger entry is taken when there are none.
        package var pending = 100_000
        /// The most concurrent writes.
        package var writers = 1
        /// The number of queued events at which another write starts beside those under way.
        package var secondWriterAt = 1_000

        package init() {}
    }

    /// The reason that events were not queued.
    package enum Refusal: Error, Equatable {
        /// The queue is full.
        case full
        /// The batcher has been shut down.
        case closed
    }

    /// Commits a batch; returns one outcome for each entry, in order.
    package typealias Write = @Sendable (Batch) async throws -> [Outcome]
    /// Gets the number of events of each written batch, and the duration of the write.
    package typealias Observe = @Sendable (_ events: Int, _ duration: Duration) -> Void
    /// Gets the outcome of some events, by their indices among those appended together.
    package typealias Settle = @Sendable (_ places: Range<Int>, _ result: Result<Outcome, any Error>) -> Void

    private let limits: Limits
    private let executors: [any TaskExecutor]
    private let write: Write
    private let observe: Observe
    let state = Mutex(State())
    private let refused = Atomic(0)

    /// - Parameters:
    ///   - limits: The sizes of queue and batches.
    ///   - executors: The preferred executors of the writers, assigned in turn.
    ///   - observe: Called after each write.
    ///   - write: Commits a batch.
    package init(
        limits: Limits = Limits(),
        executors: [any TaskExecutor] = [],
        observe: @escaping Observe = { _, _ in },
        write: @escaping Write
    ) {
        self.limits = limits
        self.executors = executors
        self.observe = observe
        self.write = write
    }

    /// The number of events queued or being written.
    package var pending: Int { state.withLock { $0.events } }
    package var limit: Int { limits.pending }
    /// True if any further event would be refused.
    package var isFull: Bool { pending >= limit }
    /// The number of events that the database refused and that were left out of their batch.
    package var refusedEvents: Int { refused.load(ordering: .relaxed) }

    /// Queues an entry, and returns when its events are stored.
    ///
    /// - Throws: `Refusal`, or the error of the write.
    package func append(_ entry: Batch.Entry) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            take(Waiting(entry: entry) { _, result in continuation.resume(with: result) })
        }
    }

    /// Queues independent events: each is stored or refused without regard to the others.
    ///
    /// - Parameters:
    ///   - events: The events, which may come from many requests.
    ///   - settle: Gets the outcomes, one or more events at a time, each event once; called on any thread.
    package func append(_ events: [Event], settle: @escaping Settle) {
        guard !events.isEmpty else { return }
        take(Waiting(separate: Batch.Entry(events: events), settle: settle))
    }

    private func take(_ new: Waiting) {
        let (refused, writer) = state.withLock { state in
            let refused = state.add(new, limits)
            return (refused, state.wakeWriter(limits))
        }
        writer?.resume()
        if let refused { refused.waiting.settle(with: .failure(refused.reason)) }
    }

    /// Writes until shut down and all queued events are stored or refused.
    package func run() async {
        await withGracefulShutdownHandler {
            await withTaskCancellationHandler {
                await withDiscardingTaskGroup { group in
                    for index in 0..<limits.writers {
                        let executor = executors.isEmpty ? nil : executors[index % executors.count]
                        group.addTask(executorPreference: executor) { await self.work() }
                    }
                }
            } onCancel: {
                close()
            }
        } onGracefulShutdown: {
            self.close()
        }
    }

    /// Refuses further events; queued ones are still written.
    package func close() {
        let writers = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        for writer in writers { writer.resume() }
    }

    private func work() async {
        while true {
            let (step, another) = state.withLock { state in
                let step = state.next(limits)
                // The rest of the queue may be enough for another writer.
                return (step, state.wakeWriter(limits))
            }
            another?.resume()
            switch step {
            case .write(let batch):
                await store(batch)
                gather()
                state.withLock { $0.writing -= 1 }
            case .wait: await waitForWork()
            case .end: return
            }
        }
    }

    private func waitForWork() async {
        await withCheckedContinuation { continuation in
            let mustNotWait = state.withLock { state in
                if state.isClosed || state.mayStart(limits) { return true }
                state.idle.append(continuation)
                return false
            }
            if mustNotWait { continuation.resume() }
        }
    }

    private func store(_ batch: [Waiting]) async {
        let start = ContinuousClock.now
        do {
            let outcomes = try await write(Batch(entries: batch.map(\.entry)))
            settle(batch) { .success(outcomes[$0]) }
        } catch WriteError.refused(let rows, let reason) {
            return await storeWithout(rows, reason, of: batch)
        } catch {
            settle(batch) { _ in .failure(error) }
        }
        observe(batch.reduce(0) { $0 + $1.entry.count }, start.duration(to: .now))
    }

    /// Isolates the rows that the database refuses, fails only those and writes the rest.
    ///
    /// If the database does not name the rows, halving the batch finds them in few steps.
    private func storeWithout(_ rows: [Int], _ reason: Rejection, of batch: [Waiting]) async {
        let (rest, failed) = Self.divide(batch, at: Set(rows))
        if !failed.isEmpty {
            for (waiting, rows) in failed { refuse(waiting, rows, reason) }
            if !rest.isEmpty { await store(rest) }
        } else if batch.count == 1, !batch[0].isDivisible {
            refuse(batch[0], rows, reason)
        } else {
            let parts = batch.count == 1 ? batch[0].halves : batch
            await store(Array(parts[..<(parts.count / 2)]))
            await store(Array(parts[(parts.count / 2)...]))
        }
    }

    private func refuse(_ waiting: Waiting, _ rows: [Int], _ reason: Rejection) {
        refused.add(rows.isEmpty ? waiting.weight : rows.count, ordering: .relaxed)
        settle([waiting]) { _ in .failure(WriteError.refused(rows: rows, reason)) }
    }

    /// Splits a batch into items with and without refused rows, which become indices into their item.
    private static func divide(
        _ batch: [Waiting],
        at rows: Set<Int>
    ) -> (rest: [Waiting], failed: [(waiting: Waiting, rows: [Int])]) {
        var rest: [Waiting] = []
        var failed: [(waiting: Waiting, rows: [Int])] = []
        var first = 0
        for waiting in batch {
            let count = waiting.entry.count
            let own = (0..<count).filter { rows.contains(first + $0) }
            first += count
            if own.isEmpty {
                rest.append(waiting)
            } else if waiting.isSeparate {
                failed += own.map { (waiting.part($0..<($0 + 1)), [0]) }
                rest += waiting.parts(without: own)
            } else {
                failed.append((waiting, own))
            }
        }
        return (rest, failed)
    }

    /// Passes the outcomes to the callers.
    ///
    /// Their events leave the queue first, so that a caller's next events are not refused because of them.
    private func settle(_ batch: [Waiting], _ result: (Int) -> Result<Outcome, any Error>) {
        state.withLock { $0.events -= batch.reduce(0) { $0 + $1.weight } }
        for (index, waiting) in batch.enumerated() { waiting.settle(with: result(index)) }
    }
}
