package import Analytics
import ServiceLifecycle
import Synchronization

/// Gathers events while a write is under way, and writes them together when it ends.
///
/// There is no timer. An idle system stores an event at once; a busy one makes large batches by itself.
package final class Batcher: Service {
    package struct Limits: Sendable {
        /// Events in a batch.
        ///
        /// An entry is never split, so one larger than this is a batch of its own.
        package var batch = 10_000
        /// Events that wait or are being written.
        ///
        /// A larger entry is taken when nothing else waits.
        package var pending = 100_000
        /// Writes at the same time.
        ///
        /// A second one starts when `secondWriterAt` events wait behind the first.
        package var writers = 4
        package var secondWriterAt = 1_000

        package init() {}
    }

    /// Why events were not taken.
    package enum Refusal: Error, Equatable {
        /// The queue is full.
        case full
        /// The batcher has been shut down.
        case closed
    }

    /// Commits a batch; returns what became of each entry, in order.
    package typealias Write = @Sendable (Batch) async throws -> [Outcome]
    /// Is told of each batch that was written: its events, and how long it took.
    package typealias Observe = @Sendable (_ events: Int, _ duration: Duration) -> Void
    /// Is told what became of events, by their places among those that were appended together.
    package typealias Settle = @Sendable (_ places: Range<Int>, _ result: Result<Outcome, any Error>) -> Void

    private let limits: Limits
    private let executors: [any TaskExecutor]
    private let write: Write
    private let observe: Observe
    private let state = Mutex(State())
    private let refused = Atomic(0)

    /// - Parameters:
    ///   - limits: How much is taken and written together.
    ///   - executors: What the writers prefer to run on, in turn.
    ///   - observe: Is told of each batch.
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

    /// Events that wait or are being written.
    package var pending: Int { state.withLock { $0.events } }
    package var limit: Int { limits.pending }
    /// Whether any further event would be refused.
    package var isFull: Bool { pending >= limit }
    /// Events that the database refused and that were left out of their batch.
    package var refusedEvents: Int { refused.load(ordering: .relaxed) }

    /// Returns once the events of the entry are stored.
    ///
    /// - Throws: `Refusal`, or what the write threw.
    package func append(_ entry: Batch.Entry) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            take(Waiting(entry: entry) { _, result in continuation.resume(with: result) })
        }
    }

    /// Takes events that have nothing to do with each other: each is stored or refused without regard to the others.
    ///
    /// - Parameters:
    ///   - events: The events, which may come from many requests.
    ///   - settle: Is told, once for each event and from any thread, what became of some of them.
    package func append(_ events: [Event], settle: @escaping Settle) {
        guard !events.isEmpty else { return }
        take(Waiting(separate: events, settle: settle))
    }

    private func take(_ new: Waiting) {
        let (refused, writer) = state.withLock { state in
            let refused = state.add(new, limits)
            return (refused, state.wakeWriter(limits))
        }
        writer?.resume()
        if let refused { refused.waiting.settle(with: .failure(refused.reason)) }
    }

    /// Writes until shut down and everything taken is stored or refused.
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

    /// Takes no more; what has been taken is still written.
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
                // What does not fit into this batch may be enough for another writer.
                return (step, state.wakeWriter(limits))
            }
            another?.resume()
            switch step {
            case .write(let batch):
                await store(batch)
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
        observe(batch.reduce(0) { $0 + $1.entry.events.count }, start.duration(to: .now))
    }

    /// Finds what the database refuses, lets it alone fail and writes the rest.
    ///
    /// Halving the batch finds them in few steps where the database does not say which rows it was.
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

    /// Takes out of a batch what holds some of its rows; these are then counted from the first of what holds them.
    private static func divide(
        _ batch: [Waiting],
        at rows: Set<Int>
    ) -> (rest: [Waiting], failed: [(waiting: Waiting, rows: [Int])]) {
        var rest: [Waiting] = []
        var failed: [(waiting: Waiting, rows: [Int])] = []
        var first = 0
        for waiting in batch {
            let count = waiting.entry.events.count
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

    /// Tells the callers.
    ///
    /// Their events leave the queue first, so that none is refused for its own earlier ones.
    private func settle(_ batch: [Waiting], _ result: (Int) -> Result<Outcome, any Error>) {
        state.withLock { $0.events -= batch.reduce(0) { $0 + $1.weight } }
        for (index, waiting) in batch.enumerated() { waiting.settle(with: result(index)) }
    }
}
