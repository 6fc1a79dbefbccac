import NIOCore

extension NIOLoopBound<Traffic> {
    /// Makes the traffic of a run on its loop, without beginning it.
    static func make(_ plan: Plan, address: SocketAddress, loop: any EventLoop) async throws -> NIOLoopBound<Traffic> {
        try await loop.submit {
            NIOLoopBound(Traffic(plan, address: address, loop: loop), eventLoop: loop)
        }.get()
    }

    /// Reads or changes the traffic where it is confined to.
    func with<Result: Sendable>(_ body: @escaping @Sendable (Traffic) throws -> Result) async throws -> Result {
        try await eventLoop.submit { try body(value) }.get()
    }

    /// Sends everything and returns when it is answered; being cancelled stops it at once.
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
