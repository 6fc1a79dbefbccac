import Analytics

/// Writes that have begun, and wait for the test to decide their outcomes.
struct Gate: Sendable {
    struct Held: Sendable {
        let batch: Batch
        fileprivate let end = Promise<[Outcome]>()

        /// The users of the batch, entry by entry.
        var users: [[String]] { batch.entries.map { $0.events.map(\.user.text) } }

        func store(repeated: [Int: String] = [:]) {
            let outcomes = batch.entries.indices.map { repeated[$0].map(Outcome.repeated) ?? .stored }
            end.keep(.success(outcomes))
        }

        func fail(_ error: any Error) {
            end.keep(.failure(error))
        }
    }

    private let begun: AsyncStream<Held>
    private let begin: AsyncStream<Held>.Continuation

    init() {
        (begun, begin) = AsyncStream.makeStream()
    }

    /// The batcher's write function.
    func write(_ batch: Batch) async throws -> [Outcome] {
        let held = Held(batch: batch)
        begin.yield(held)
        return try await held.end.value
    }

    /// The next write, once it has begun.
    func next() async throws -> Held {
        for await held in begun { return held }
        throw CancellationError()
    }
}
