import Analytics
import Ingest
import Support

/// A batcher whose writes are completed by the test.
struct Bench: Sendable {
    let batcher: Batcher
    let gate = Gate()

    private init(_ limits: Batcher.Limits, _ observe: @escaping Batcher.Observe) {
        batcher = Batcher(limits: limits, observe: observe, write: gate.write)
    }

    /// Runs the batcher for the duration of `body`, then closes it and waits for its end.
    static func with(
        _ limits: Batcher.Limits = Batcher.Limits(),
        observe: @escaping Batcher.Observe = { _, _ in },
        _ body: (Bench) async throws -> Void
    ) async throws {
        let bench = Bench(limits, observe)
        try await withThrowingTaskGroup { group in
            group.addTask { await bench.batcher.run() }
            try await body(bench)
            bench.batcher.close()
        }
    }

    /// Appends an entry, and returns when the given number of events is pending, its own included.
    func append(_ users: String..., pending: Int) async throws -> Promise<Outcome> {
        try await batcher.begin(.users(users), pending: pending)
    }

    /// The next write, once it has begun.
    func next() async throws -> Gate.Held {
        try await gate.next()
    }
}

extension Batcher {
    /// Appends an entry, and returns when the given number of events is pending, its own included.
    func begin(_ entry: Batch.Entry, pending: Int) async throws -> Promise<Outcome> {
        let outcome = Promise<Outcome>()
        Task {
            do {
                outcome.keep(.success(try await self.append(entry)))
            } catch {
                outcome.keep(.failure(error))
            }
        }
        try await waitUntil(pending: pending)
        return outcome
    }

    /// Returns when the given number of events is pending.
    func waitUntil(pending: Int) async throws {
        while self.pending != pending {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}

extension Batcher.Limits {
    /// Limits with defaults for those that the test is not about.
    init(batch: Int = 10_000, pending: Int = 100_000, writers: Int = 4, secondWriterAt: Int = 2_000) {
        self.init()
        self.batch = batch
        self.pending = pending
        self.writers = writers
        self.secondWriterAt = secondWriterAt
    }
}

extension Batch.Entry {
    /// An entry with one event for each user; with a response it has a key.
    static func users(_ names: [String], response: String = "") -> Self {
        let key = response.isEmpty ? nil : try? IdempotencyKey(parsing: "k")
        return Self(events: names.map { .sample(user: $0) }, key: key, response: response)
    }
}
