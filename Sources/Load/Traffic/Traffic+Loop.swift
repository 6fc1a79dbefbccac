import NIOCore

extension NIOLoopBound<Traffic> {
    /// Creates the traffic of a run on its loop, without starting it.
    static func make(_ plan: Plan, address: SocketAddress, loop: any EventLoop) async throws -> NIOLoopBound<Traffic> {
        try await loop.submit {
            NIOLoopBound(Traffic(plan, address: address, loop: loop), eventLoop: loop)
        }.get()
    }

    /// Accesses the traffic on its loop.
    func with<Result: Sendable>(_ body: @escaping @Sendable (Traffic) throws -> Result) async throws -> Result {
        try await eventLoop.submit { try body(value) }.get()
    }

    /// Sends all events and returns when they are answered; cancellation stops it at once.
    func run() async throws {
        let promise = eventLoop.makePromise(of: Void.self)
        try await withTaskCancellationHandler {
            eventLoop.execute { value.begin(promise) }
            try await promise.futureResult.get()
        } onCancel: {
            eventLoop.execute { value.stop(.failure(CancellationError())) }
        }
    }
}
