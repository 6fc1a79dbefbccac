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
        /// A second one starts when `another` events wait behind the first.
        package var writers = 4
        package var another = 2_000

        package init() {}
    }

    /// Why events were not taken.
    package enum Refusal: Error, Equatable {
        /// The queue is full.
        case full
        /// The batcher has been shut down.
        case closed
    }

    /// Commits a batch; returns the answers of the entries, by their place, whose keys had been used before.
    package typealias Write = @Sendable (Batch) async throws -> [Int: String]
    /// Is told of each batch that was written: its events, and how long it took.
    package typealias Observe = @Sendable (_ events: Int, _ duration: Duration) -> Void

    private let limits: Limits
    private let write: Write
    private let observe: Observe
    private let state = Mutex(State())

    package init(limits: Limits = Limits(), observe: @escaping Observe = { _, _ in }, write: @escaping Write) {
        self.limits = limits
        self.observe = observe
        self.write = write
    }

    /// Events that wait or are being written.
    package var pending: Int { state.withLock { $0.events } }
    package var limit: Int { limits.pending }

    /// Returns once the events of the entry are stored.
    ///
    /// - Throws: `Refusal`, or what the write threw.
    package func append(_ entry: Batch.Entry) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            let (refusal, writer) = state.withLock { state -> (Refusal?, Writer?) in
                if let refusal = state.add(Waiting(entry: entry, continuation: continuation), limits) {
                    return (refusal, nil)
                }
                return (nil, state.wakeWriter(limits))
            }
            writer?.resume()
            if let refusal { continuation.resume(throwing: refusal) }
        }
    }

    /// Writes until shut down and everything taken is stored or refused.
    package func run() async {
        await withGracefulShutdownHandler {
            await withTaskCancellationHandler {
                await withDiscardingTaskGroup { group in
                    for _ in 0..<limits.writers {
                        group.addTask { await self.work() }
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
            let repeated = try await write(Batch(entries: batch.map(\.entry)))
            settle(batch) { index in .success(repeated[index].map(Outcome.repeated) ?? .stored) }
        } catch WriteError.refused(let row) {
            return await storeWithout(row, of: batch)
        } catch {
            settle(batch) { _ in .failure(error) }
        }
        observe(batch.reduce(0) { $0 + $1.entry.events.count }, start.duration(to: .now))
    }

    /// Finds the entry that the database refuses, lets it alone fail and writes the others.
    ///
    /// Where the database does not say which row it was, halving the batch finds it in few steps.
    private func storeWithout(_ row: Int?, of batch: [Waiting]) async {
        if batch.count == 1 {
            settle(batch) { _ in .failure(WriteError.refused(row: row)) }
        } else if let row, let (index, rowOfEntry) = place(of: row, in: batch) {
            settle([batch[index]]) { _ in .failure(WriteError.refused(row: rowOfEntry)) }
            var rest = batch
            rest.remove(at: index)
            await store(rest)
        } else {
            await store(Array(batch[..<(batch.count / 2)]))
            await store(Array(batch[(batch.count / 2)...]))
        }
    }

    /// Tells the callers.
    ///
    /// Their events leave the queue first, so that none is refused for its own earlier ones.
    private func settle(_ batch: [Waiting], _ result: (Int) -> Result<Outcome, any Error>) {
        state.withLock { $0.events -= batch.reduce(0) { $0 + $1.weight } }
        for (index, waiting) in batch.enumerated() { waiting.continuation.resume(with: result(index)) }
    }

    private func place(of row: Int, in batch: [Waiting]) -> (entry: Int, row: Int)? {
        var first = 0
        for (index, waiting) in batch.enumerated() {
            let count = waiting.entry.events.count
            if row >= first, row < first + count { return (index, row - first) }
            first += count
        }
        return nil
    }
}

extension Batcher {
    fileprivate typealias Writer = CheckedContinuation<Void, Never>

    fileprivate struct Waiting: Sendable {
        let entry: Batch.Entry
        let continuation: CheckedContinuation<Outcome, any Error>

        /// What it counts for in the queue: its events, and one if it has none, for it takes a place all the same.
        var weight: Int { max(1, entry.events.count) }
    }

    fileprivate enum Step {
        case write([Waiting])
        case wait
        case end
    }

    fileprivate struct State {
        var waiting: [Waiting] = []
        /// Events in `waiting`.
        var gathered = 0
        /// Events in `waiting` and being written.
        var events = 0
        var writing = 0
        var idle: [Writer] = []
        var isClosed = false

        mutating func add(_ new: Waiting, _ limits: Limits) -> Refusal? {
            let count = new.weight
            if isClosed { return .closed }
            if events > 0 && events + count > limits.pending { return .full }
            waiting.append(new)
            gathered += count
            events += count
            return nil
        }

        /// Whether another write should start now.
        func mayStart(_ limits: Limits) -> Bool {
            !waiting.isEmpty && (writing == 0 || isClosed || gathered >= limits.another)
        }

        mutating func wakeWriter(_ limits: Limits) -> Writer? {
            mayStart(limits) ? idle.popLast() : nil
        }

        mutating func next(_ limits: Limits) -> Step {
            guard mayStart(limits) else { return isClosed && waiting.isEmpty ? .end : .wait }
            writing += 1
            var count = 0
            var end = 0
            while end < waiting.count, end == 0 || count + waiting[end].weight <= limits.batch {
                count += waiting[end].weight
                end += 1
            }
            gathered -= count
            defer { waiting.removeFirst(end) }
            return .write(Array(waiting[..<end]))
        }
    }
}
