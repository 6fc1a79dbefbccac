import NIOCore

extension NIOLoopBound {
    /// Accesses the value on its loop.
    func with<Result: Sendable>(_ body: @escaping @Sendable (Value) throws -> Result) async throws -> Result {
        try await eventLoop.submit { try body(value) }.get()
    }
}

extension NIOLoopBound<Traffic> {
    /// Creates the traffic of a run and its workload on their loop, without starting it.
    static func make<Work: Workload & SendableMetatype>(
        _ plan: Plan,
        address: SocketAddress,
        loop: any EventLoop,
        _ makeWork: @escaping @Sendable (Plan) -> Work
    ) async throws -> (traffic: NIOLoopBound<Traffic>, work: NIOLoopBound<Work>) {
        try await loop.submit {
            let work = makeWork(plan)
            let traffic = Traffic(plan, work, address: address, loop: loop)
            return (NIOLoopBound(traffic, eventLoop: loop), NIOLoopBound<Work>(work, eventLoop: loop))
        }.get()
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
