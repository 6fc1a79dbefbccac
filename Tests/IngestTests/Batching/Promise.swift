/// A single result to wait for; unlike the wait for a task's value, the wait ends when the test is cancelled.
struct Promise<Value: Sendable>: Sendable {
    private let results: AsyncStream<Result<Value, any Error>>
    private let continuation: AsyncStream<Result<Value, any Error>>.Continuation

    init() {
        (results, continuation) = AsyncStream.makeStream()
    }

    var value: Value {
        get async throws {
            for await result in results { return try result.get() }
            throw CancellationError()
        }
    }

    func keep(_ result: Result<Value, any Error>) {
        continuation.yield(result)
    }
}
